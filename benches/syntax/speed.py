"""Words a second of the peer and of vigie on the same text, one core, in the same run: speed.py LANGUAGE PIPELINE.

    taskset -c 0 python speed.py fr /tmp/peer/fr/pipeline [--vigie COMMAND] [--rounds 5] [--runs FOLDER]

The two take turns. Times are told without loading: of the peer, the time inside `nlp.pipe`; of vigie, what COMMAND
prints ("N words, S s"), or, for a command that prints CoNLL-U, the time of the whole process less that of an empty text.
Words are counted the same way for both: pieces of the text between white space.
"""

import argparse
import csv
import datetime
import os
import platform
import re
import statistics
import subprocess
import time
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")

import spacy  # noqa: E402  (after the environment is set)

import corpora  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def texts(language):
    """Paragraphs: of the stories for French, of both treebanks (not their test parts) for English."""
    if language == "fr":
        for split in ("train", "dev"):
            for story in corpora.stories(split):
                yield from (line for line in story["text"].splitlines() if line.strip())
    else:
        for path in corpora.TREEBANKS["en"]["train"] + corpora.TREEBANKS["en"]["dev"]:
            lines = []
            for comments, _ in corpora.blocks(path):
                if lines and any(c.startswith(("# newpar", "# newdoc")) for c in comments):
                    yield " ".join(lines)
                    lines = []
                lines.extend(c[len("# text = ") :] for c in comments if c.startswith("# text = "))
            yield " ".join(lines)


def peer(nlp, paragraphs):
    begin = time.perf_counter()
    for _ in nlp.pipe(paragraphs, batch_size=64):
        pass
    return time.perf_counter() - begin


def process(command, text):
    begin = time.perf_counter()
    done = subprocess.run(command, shell=True, input=text.encode(), stdout=subprocess.PIPE, check=False)
    return time.perf_counter() - begin, done


def vigie(command, text):
    seconds, done = process(command, text)
    told = re.search(rb"(\d+) words, ([\d.]+) s", done.stdout)
    if told:
        return float(told[2])
    if done.returncode != 0:
        raise SystemExit(f"{command}: failed")
    return seconds - process(command, "\n")[0]


def machine():
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    names = re.findall(r"model name\s*: (.*)", info)
    return f"{names[0] if names else platform.processor()}, {platform.system()}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("language")
    options.add_argument("pipeline")
    options.add_argument("--vigie", default="")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--paragraphs", type=int, default=0, help="as many only, to try the script")
    options.add_argument("--runs", type=Path, default=ROOT / "benches" / "runs")
    options = options.parse_args()
    if hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) != 1:
        raise SystemExit("more than one core: run it as `taskset -c 0 python speed.py ...`")
    language = options.language
    command = options.vigie or f"{ROOT}/target/release/vigie parse --lang {language}"

    paragraphs = list(texts(language))[: options.paragraphs or None]
    text = "\n".join(paragraphs) + "\n"
    words = len(text.split())
    nlp = spacy.load(options.pipeline, exclude=["trainable_lemmatizer"])
    peer(nlp, paragraphs[:200])
    rates = {f"spaCy {spacy.__version__}": [], "vigie": []}
    name = next(iter(rates))
    for number in range(options.rounds):
        rates[name].append(words / peer(nlp, paragraphs))
        rates["vigie"].append(words / vigie(command, text))
        print(f"round {number + 1}:", {k: round(v[-1]) for k, v in rates.items()}, flush=True)

    folder = options.runs / f"{datetime.date.today()}-syntax"
    folder.mkdir(parents=True, exist_ok=True)
    raw = folder / "raw.csv"
    new = not raw.exists()
    with open(raw, "a", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        if new:
            out.writerow(["language", "round", "name", "words", "words_per_second"])
        for who, values in rates.items():
            out.writerows([language, i + 1, who, words, round(v)] for i, v in enumerate(values))
    report(folder / "README.md", language, words, nlp.pipe_names, command, rates)


def report(path, language, words, pipes, command, rates):
    lines = [] if path.exists() else ["# Speed of the syntax engine", "", f"{machine()}; one core; see raw.csv.", ""]
    command = command.replace(f"{ROOT}/", "")
    lines += [
        f"## {language}, {words} words, {len(next(iter(rates.values())))} rounds in turns",
        "",
        f"Peer: {', '.join(pipes)}, batches of 64. Ours: `{command}`.",
        "",
        "| words a second | min | median | max |",
        "|---|--:|--:|--:|",
    ]
    for who, values in rates.items():
        cells = " | ".join(f"{f(values):,.0f}" for f in (min, statistics.median, max))
        lines.append(f"| {who} | {cells} |")
    first, second = rates.values()
    ratios = [b / a for a, b in zip(first, second)]
    cells = " | ".join(f"{f(ratios):.1f}" for f in (min, statistics.median, max))
    lines += [f"| ratio within a round | {cells} |", ""]
    with open(path, "a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    print("\n".join(lines))


main()
