"""Joins the two trained pipelines of a language into one: assemble.py FOLDER."""

import sys
from pathlib import Path

import spacy

folder = Path(sys.argv[1])
nlp = spacy.load(folder / "syntax" / "model-best")
entities = spacy.load(folder / "entities" / "model-best")
entities.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
nlp.add_pipe("ner", source=entities)
nlp.to_disk(folder / "pipeline")
print(folder / "pipeline", nlp.pipe_names)
