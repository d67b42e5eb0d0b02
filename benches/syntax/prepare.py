"""Writes what the peer learns from: prepare.py LANGUAGE FOLDER."""

import sys
from pathlib import Path

import spacy
from spacy.tokens import DocBin

import corpora


def save(docs, path):
    docs = list(docs)
    DocBin(docs=docs, store_user_data=True).to_disk(path)
    print(path, len(docs), "documents,", sum(len(d) for d in docs), "words")


def entities(nlp, language):
    """Documents with entities, to learn from and to stop by: the last tenth of what may be learnt from."""
    docs = []
    if language == "fr":
        for story in corpora.stories("train"):
            doc = nlp.make_doc(story["text"])
            spans = [doc.char_span(*e[:2], label=e[2], alignment_mode="expand") for e in corpora.outermost(story)]
            doc.ents = spacy.util.filter_spans([s for s in spans if s is not None])
            docs.append(doc)
    else:
        sentences = [corpora.tagged(nlp.vocab, *block, True) for block in corpora.blocks(corpora.UNER.format("dev"))]
        docs = list(corpora.grouped(sentences))
    cut = len(docs) - len(docs) // 10
    return docs[:cut], docs[cut:]


def main(language, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank(language)
    for part in ("train", "dev"):
        docs = []
        for path in corpora.TREEBANKS[language][part]:
            sentences = [corpora.tree(nlp.vocab, rows, True) for _, rows in corpora.blocks(path)]
            docs.extend(corpora.grouped(sentences))
        save(docs, folder / f"syntax-{part}.spacy")
    for part, docs in zip(("train", "dev"), entities(nlp, language)):
        save(docs, folder / f"entities-{part}.spacy")


main(*sys.argv[1:])
