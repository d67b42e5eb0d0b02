"""Writes what the peer makes of the test corpora: annotate.py LANGUAGE FOLDER, into FOLDER/outputs.

Treebanks are annotated from their sentences and words, contractions already split, which the peer cannot do itself;
stories from their bare text. `cargo xtask evaluate syntax LANGUAGE system=FOLDER/outputs` scores the files.
"""

import sys
from pathlib import Path

import spacy

import corpora


def tag(token):
    return f"Entity={token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "_"


def write_tree(doc, rows, file):
    """The rows of a sentence with the peer's columns; ranges of contractions stay."""
    tokens = iter(doc)
    for row in rows:
        row = list(row)
        if "-" not in row[0] and "." not in row[0]:
            token = next(tokens)
            root = token.head.i == token.i
            row[2] = token.lemma_ or "_"
            row[3] = token.pos_ or "X"
            row[5] = str(token.morph) or "_"
            row[6] = "0" if root else str(token.head.i + 1)
            row[7] = "root" if root else token.dep_ or "dep"
            row[9] = tag(token)
        row[4] = row[8] = "_"
        print("\t".join(row), file=file)
    print(file=file)


def write_entities(docs, file):
    """Tokens and entities alone; each document is one flat sentence."""
    for doc in docs:
        tokens = [t for t in doc if not t.is_space]
        for number, token in enumerate(tokens, 1):
            head, relation = ("0", "root") if number == 1 else ("1", "dep")
            row = [str(number), token.text, "_", "X", "_", "_", head, relation, "_", tag(token)]
            print("\t".join(row), file=file)
        print(file=file)


def main(language, folder):
    folder = Path(folder)
    nlp = spacy.load(folder / "pipeline")
    out = folder / "outputs"
    out.mkdir(exist_ok=True)
    for path in corpora.TREEBANKS[language]["test"]:
        name = Path(path).name.split(".")[0]
        sentences = [rows for _, rows in corpora.blocks(path)]
        docs = [corpora.tree(nlp.vocab, rows, False) for rows in sentences]
        with open(out / f"{name}.gold.conllu", "w", encoding="utf-8") as file:
            for doc, rows in zip(nlp.pipe(docs, batch_size=64), sentences):
                write_tree(doc, rows, file)
    others = [name for name in nlp.pipe_names if name != "ner"]
    if language == "fr":
        docs, name = (story["text"] for story in corpora.stories("dev")), "winer-public-dev.raw"
    else:
        blocks = corpora.blocks(corpora.UNER.format("test"))
        docs, name = [corpora.tagged(nlp.vocab, *b, False) for b in blocks], "en_ewt-ud-test-entities.gold"
    with nlp.select_pipes(disable=others), open(out / f"{name}.conllu", "w", encoding="utf-8") as file:
        write_entities(nlp.pipe(docs, batch_size=64), file)


main(*sys.argv[1:])
