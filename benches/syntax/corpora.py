"""The annotated corpora as spaCy documents, read from the folder of shared data (test files only to annotate them)."""

import json
import lzma
from pathlib import Path

from spacy.tokens import Doc

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"

# Entity names of the French news corpus to ours, as in xtask/corpora/fr.toml.
KINDS = {"Person": "PER", "Location": "LOC", "Organization": "ORG"}

TREEBANKS = {
    "fr": {
        "train": ["nlp/UD_French-Sequoia/fr_sequoia-ud-train.conllu.xz"],
        "dev": ["nlp/UD_French-Sequoia/fr_sequoia-ud-dev.conllu.xz"],
        "test": [
            "nlp/UD_French-Sequoia/fr_sequoia-ud-test.conllu.xz",
            "nlp/UD_French-GSD/fr_gsd-ud-test.conllu.xz",
        ],
    },
    "en": {
        "train": [
            "nlp/UD_English-EWT/en_ewt-ud-train.rebuilt.conllu.xz",
            "nlp/UD_English-GUM-permissive/en_gum-perm-ud-train.conllu.xz",
        ],
        "dev": [
            "nlp/UD_English-EWT/en_ewt-ud-dev.conllu.xz",
            "nlp/UD_English-GUM-permissive/en_gum-perm-ud-dev.conllu.xz",
        ],
        "test": [
            "nlp/UD_English-EWT/en_ewt-ud-test.conllu.xz",
            "nlp/UD_English-GUM-permissive/en_gum-perm-ud-test.conllu.xz",
        ],
    },
}

STORIES = "news-fr/winer-public.jsonl.xz"
UNER = "nlp/NER_UNER-EWT-EN/en_ewt-ud-{}.iob2.xz"


def lines(path):
    with lzma.open(DATA / path, "rt", encoding="utf-8") as file:
        yield from file


def blocks(path):
    """Comments and rows of each sentence."""
    comments, rows = [], []
    for line in lines(path):
        line = line.rstrip("\n")
        if not line:
            if rows:
                yield comments, rows
            comments, rows = [], []
        elif line.startswith("#"):
            comments.append(line)
        else:
            rows.append(line.split("\t"))
    if rows:
        yield comments, rows


def words(rows):
    """The syntactic words of a CoNLL-U sentence, and whether a space follows each."""
    out, ends = [], {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            glued = "SpaceAfter=No" in row[9].split("|")
            # Inside a contraction nothing says where a space would be; the parts are set as if written apart.
            parts = "".join(r[1] for r in rows if r[0].isdigit() and first <= int(r[0]) <= last)
            for number in range(first, last):
                ends[number] = parts != row[1]
            ends[last] = not glued
        elif "." not in row[0]:
            out.append(row)
    spaces = [ends.get(int(r[0]), "SpaceAfter=No" not in r[9].split("|")) for r in out]
    return out, spaces


def tree(vocab, rows, annotated):
    """One treebank sentence: its words alone, or with everything that is to be learnt."""
    rows, spaces = words(rows)
    forms = [r[1].replace(" ", "\u00a0") for r in rows]
    starts = [i == 0 for i in range(len(rows))]
    if not annotated:
        return Doc(vocab, words=forms, spaces=spaces, sent_starts=starts)
    heads = [int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)]
    return Doc(
        vocab,
        words=forms,
        spaces=spaces,
        pos=[r[3] for r in rows],
        morphs=["" if r[5] == "_" else r[5] for r in rows],
        lemmas=[r[2] for r in rows],
        heads=heads,
        deps=["ROOT" if r[6] == "0" else r[7] for r in rows],
    )


def grouped(docs, size=10):
    """Several sentences a document, so that a parser learns to part them."""
    for at in range(0, len(docs), size):
        yield Doc.from_docs(docs[at : at + size], ensure_whitespace=True)


def stories(split):
    for line in lines(STORIES):
        story = json.loads(line)
        if story["split"] == split:
            yield story


def outermost(story):
    """Entities of our kinds; one that lies inside another is left out."""
    found = sorted(
        ((e[1], e[2], KINDS[e[0]]) for e in story["entities"] if e[0] in KINDS),
        key=lambda e: (e[0], -e[1]),
    )
    end = 0
    for first, last, kind in found:
        if first >= end:
            end = last
            yield first, last, kind


def tagged(vocab, comments, rows, annotated):
    """One sentence of an IOB2 file."""
    text = next(c[len("# text = ") :] for c in comments if c.startswith("# text = "))
    at, spaces = 0, []
    for row in rows:
        found = text.find(row[1], at)
        at = found + len(row[1]) if found >= 0 else at
        spaces.append(text[at : at + 1] == " ")
    tags = [r[2] if r[2][2:] in ("PER", "LOC", "ORG") else "O" for r in rows] if annotated else None
    return Doc(vocab, words=[r[1] for r in rows], spaces=spaces, ents=tags)
