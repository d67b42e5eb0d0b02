"""Speed of `vigie dates` on one core: `python3 benches/dates/speed.py VIGIE FOLDER [ROUNDS]` prints raw.csv.

FOLDER holds the annotated collections of `../shared/data/time/jsonl`. Their texts are repeated to 15 MB for each language.
Counted is the time that the process used (user and system), its start, decoding and printing included.
"""

import json
import pathlib
import resource
import subprocess
import sys

SIZE = 15_000_000
TEXTS = {"en": "wikiwars", "fr": "tempeval2-fr"}


def main():
    vigie, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    print("language,round,bytes,expressions,seconds,megabytes_per_second")
    for round_ in range(1, rounds + 1):
        for language, name in TEXTS.items():
            lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
            one = "\n\n".join(json.loads(line)["text"] for line in lines).encode() + b"\n\n"
            text = (one * (SIZE // len(one) + 1))[:SIZE].decode("utf-8", "ignore").encode()
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [vigie, "dates", "--lang", language, "--published", "2013-03-22"]
            out = subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True).stdout
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            count = out.count(b"\n")
            print(f"{language},{round_},{len(text)},{count},{spent:.3f},{len(text) / 1e6 / spent:.2f}")


main()
