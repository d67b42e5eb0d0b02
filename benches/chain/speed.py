"""Times the whole chain, raw text to events: sentences a second of processor time on one core.

    python3 benches/chain/speed.py PATH_TO_VIGIE ROUNDS > raw.csv

Pages are the stories of ../shared/data/news-fr (French) and the sentences of ../shared/data/events/event_place.jsonl, twenty
a page (English). Processor time of the program is counted, so that other work on the machine matters little; the time
for starting and for reading the tables is in it. Sentences are those that `vigie parse` finds in the same pages.
"""

import json, lzma, os, resource, subprocess, sys, tempfile
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def french():
    with lzma.open(SHARED / "news-fr" / "winer-public.jsonl.xz", "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def english():
    with open(SHARED / "events" / "event_place.jsonl", encoding="utf-8") as file:
        sentences = [json.loads(line)["text"].replace("\n", " ") for line in file]
    return ["\n".join(sentences[i : i + 20]) for i in range(0, len(sentences), 20)]


def used():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main(vigie, rounds):
    print("language,round,sentences,pages,task,seconds,sentences_per_second")
    for language, pages in (("fr", french()), ("en", english())):
        with tempfile.TemporaryDirectory() as folder:
            for number, text in enumerate(pages):
                Path(folder, f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
            parsed = "\n".join(pages)
            for count in range(1, rounds + 1):
                before = used()
                out = subprocess.run([vigie, "parse", "--lang", language], input=parsed, capture_output=True, text=True, check=True).stdout
                parse_seconds = used() - before
                sentences = out.count("\n\n")
                before = used()
                subprocess.run([vigie, "read", folder, "--published", "2016-09-05", "--format", "jsonl"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                seconds = used() - before
                for task, time in (("parser alone", parse_seconds), ("raw text to events", seconds)):
                    print(f"{language},{count},{sentences},{len(pages)},{task},{time:.2f},{sentences / time:.0f}", flush=True)


main(sys.argv[1], int(sys.argv[2]))
