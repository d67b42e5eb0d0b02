"""How much of sentences that others wrote is read: python3 score.py VIGIE [fr|en] [BATCH] [misses].

Each sentence is read as a document of its own. Counted for each batch: sentences with a claim of one of the predicates
that they are marked with; of those, how many have each marked part (a text that holds the marked one or lies in it).
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

PARTS = ("actor", "recipient", "place", "speaker")


def claims(program, sentence):
    command = [program, "read", "-", "--published", "2025-03-14", "--format", "jsonl"]
    told = subprocess.run(command, input=sentence + "\n", capture_output=True, text=True).stdout
    records = map(json.loads, told.splitlines())
    return [r for r in records if r["record"] == "claim"]


def spans(claim, part):
    place = [claim["place"]["span"]] if claim.get("place") else []
    if part == "place":
        return place
    if part == "speaker":
        return [s["span"] for s in claim["said_by"]]
    roles = ("actor", "associate") if part == "actor" else ("recipient", "object", "topic")
    found = [a["span"] for a in claim["arguments"] if a["role"] in roles]
    return found + (place if part == "recipient" else [])


def alike(span, wanted):
    text = (span or {}).get("text", "").lower().replace("’", "'")
    wanted = wanted.lower().replace("’", "'")
    return bool(text) and (wanted in text or text in wanted)


def main():
    program, *rest = sys.argv[1:]
    only = [r for r in rest if r in ("fr", "en")]
    batches = [r for r in rest if r.isdigit()]
    for language in only or ["fr", "en"]:
        counts = {}
        path = Path(__file__).parent / f"{language}.tsv"
        for row in csv.DictReader(path.open(), delimiter="\t", quoting=csv.QUOTE_NONE):
            if batches and row["batch"] not in batches:
                continue
            count = counts.setdefault(row["batch"], {"sentences": 0, "read": 0} | {p: [0, 0] for p in PARTS})
            count["sentences"] += 1
            found = [c for c in claims(program, row["sentence"]) if c["predicate"] in row["predicates"].split("|")]
            if not found:
                if "misses" in rest:
                    print("missed:", row["predicates"], "|", row["sentence"])
                continue
            count["read"] += 1
            for part in PARTS:
                if row[part] != "-":
                    count[part][1] += 1
                    count[part][0] += any(alike(s, row[part]) for c in found for s in spans(c, part))
        for batch, count in sorted(counts.items()):
            parts = ", ".join(f"{p} {count[p][0]}/{count[p][1]}" for p in PARTS)
            print(f"{language} batch {batch}: read {count['read']}/{count['sentences']}; {parts}")


if __name__ == "__main__":
    main()
