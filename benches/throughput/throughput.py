"""Articles a minute from raw HTML: `vigie read PAGES --archive` beside trafilatura and a small spaCy pipeline.

Run:  PYTHON throughput.py VIGIE PIPELINE [--rounds N] [--copies N] [--out FOLDER]

The pages are the 181 of the article extraction benchmark (../shared/data/pages/aeb). VIGIE reads them from HTML to archived
claims: extraction, syntax, entities, attribution, places, dates, claims, full text. The peer takes the text out of them and
parses it (tagger, parser, entities) and stops there. Both use two processes or threads, in turns, so that both share what
others do to the machine; counted are seconds of processor time (of all processes) and of the clock. Loading counts for neither:
the peer's clock starts after loading, for vigie the time of a run over one page is taken off.
"""

import argparse
import gzip
import json
import lzma
import multiprocessing
import os
import platform
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT.parent / "shared/data/pages/aeb/html.tar.xz"
CORES = 2
MODES = {"vigie": [], "vigie --fast": ["--fast"]}

worker = None


def unpack(folder, copies):
    """Writes the pages, each as often as asked; copies differ by a comment, else they would be read once."""
    names = []
    with lzma.open(PAGES) as packed, tarfile.open(fileobj=packed) as archive:
        for member in archive:
            if not member.isfile():
                continue
            data = archive.extractfile(member).read()
            if member.name.endswith(".gz"):
                data = gzip.decompress(data)
            for copy in range(copies):
                path = folder / f"{Path(member.name).name.split('.')[0]}-{copy}.html"
                path.write_bytes(data + b"<!-- %d -->" % copy)
                names.append(path)
    return names


def begin(pipeline):
    """Loads what a worker needs."""
    global worker
    import spacy
    import trafilatura

    worker = (trafilatura, spacy.load(pipeline, exclude=["trainable_lemmatizer", "lemmatizer"]))


def take(path):
    """One page: article text, then syntax and entities."""
    trafilatura, nlp = worker
    text = trafilatura.extract(Path(path).read_text("utf-8", "replace"), include_comments=False) or ""
    doc = nlp(text)
    return len(doc), len(doc.ents)


def cpu(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def peer(pool, pages):
    begun = time.perf_counter()
    used = pool.map(timed, [str(page) for page in pages], chunksize=4)
    return sum(used), time.perf_counter() - begun


def timed(path):
    begun = time.process_time()
    take(path)
    return time.process_time() - begun


def vigie(program, pages, folder, mode):
    archive = folder / "out.vigie"
    for old in folder.glob("out.vigie*"):
        old.unlink()
    before, begun = cpu(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [program, "read", *mode, "--archive", archive, "--threads", str(CORES), *pages]
    run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr.decode())
    return cpu(resource.RUSAGE_CHILDREN) - before, time.perf_counter() - begun


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vigie")
    parser.add_argument("pipeline")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        (folder / "pages").mkdir()
        pages = unpack(folder / "pages", asked.copies)
        rows = []
        with multiprocessing.get_context("spawn").Pool(CORES, begin, [asked.pipeline]) as pool:
            pool.map(timed, [str(pages[0])] * CORES)
            for _ in range(asked.rounds):
                row = {"peer": peer(pool, pages)}
                for name, mode in MODES.items():
                    loading = vigie(asked.vigie, pages[:1], folder, mode)
                    whole = vigie(asked.vigie, pages, folder, mode)
                    row[name] = [seconds - part for seconds, part in zip(whole, loading)]
                rows.append(row)
                for name, (cpu_seconds, seconds) in row.items():
                    ratio = [theirs / ours for theirs, ours in zip(row["peer"], row[name])]
                    print(
                        f"{name:12} {60 * len(pages) / seconds:6.0f} articles a minute, {cpu_seconds:6.2f} s of processor time; "
                        f"{ratio[1]:4.1f} times the peer by the clock, {ratio[0]:4.1f} by processor time",
                        flush=True,
                    )
        if asked.out:
            asked.out.mkdir(parents=True, exist_ok=True)
            machine = {"date": str(date.today()), "cores": os.cpu_count(), "machine": platform.processor() or platform.machine()}
            (asked.out / "throughput.json").write_text(json.dumps({**machine, "pages": len(pages), "rounds": rows}, indent=1))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
