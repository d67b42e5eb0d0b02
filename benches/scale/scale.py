"""What a document costs in time and memory as an archive grows.

Run:  python3 scale.py VIGIE [DOCUMENTS] [--threads N] [--keep ARCHIVE]

Invented documents (templates and names below, chosen by a fixed generator) are read into one archive in one run. Twice a second
it is noted how many have been archived, how much processor time the process has used and how much memory it holds, so that
what others do to the machine does not count. Linux only.
"""

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

PLACES = (
    "Alep Idlib Homs Hama Raqqa Manbij Azaz Palmyre Damas Deraa Hassaké Kobané Mossoul Kirkouk Tikrit Falloujah Ramadi Bagdad "
    "Gao Kidal Tombouctou Mopti Ménaka Djibo Dori Kaya Niamey Tillabéri Diffa Bosso Maiduguri Goma Bukavu Beni Bunia Uvira "
    "Kharkiv Kherson Marioupol Bakhmout Avdiïvka Izioum Zaporijjia Sanaa Taëz Aden Hodeïda Marib Khartoum El-Obeid Nyala "
    "El-Fasher Port-Soudan Tripoli Misrata Syrte Benghazi Derna Sebha Mogadiscio Kismayo Baidoa Kaboul Kandahar Kunduz Herat"
).split()
DEEDS = (
    "L'armée a pris {place} {day}, selon l'agence régionale.",
    "Les rebelles ont bombardé {place} {day}, a affirmé un porte-parole du gouvernement.",
    "Des combats ont éclaté à {place} {day}, a rapporté un observatoire.",
    "{count} civils ont été tués {day} à {place} par un raid aérien, selon des médecins.",
    "Les insurgés se sont retirés de {place} {day}, ce que leur état-major dément.",
    "Un attentat a fait {count} morts {day} à {place}.",
    "La route qui mène à {place} est coupée depuis {day}, d'après les habitants.",
    "Environ {count} familles ont fui {place} {day}, indique une organisation humanitaire.",
    "Le maire de {place} a demandé {day} l'ouverture d'un couloir humanitaire.",
    "Une trêve de {count} heures est entrée en vigueur {day} à {place}.",
)
DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
EDGE = 1000
"""Documents at each end over which the cost is taken."""


def write(path, n):
    chance = random.Random(7)
    begin = date(2013, 1, 7)
    with path.open("w", encoding="utf-8") as out:
        for i in range(n):
            deed = lambda: chance.choice(DEEDS).format(
                place=chance.choice(PLACES), day=chance.choice(DAYS), count=chance.randint(2, 90)
            )
            record = {
                "id": f"d{i}",
                "url": f"https://journal.example/{i}",
                "outlet": f"Journal {i % 40}",
                "published": str(begin + timedelta(days=i // 25)),
                "title": f"Chronique {i}",
                "text": "\n\n".join(" ".join(deed() for _ in range(3)) for _ in range(2)),
                "lang": "fr",
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def used(pid):
    """Seconds of processor time of all threads, and kilobytes of memory of its own (without what it maps of files)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return seconds, int(status["RssAnon"].split()[0])


def archived(path):
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1) as base:
            return base.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.Error:
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vigie")
    parser.add_argument("documents", nargs="?", type=int, default=100_000)
    parser.add_argument("--threads", default=str(os.cpu_count()))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(asked, Path(folder))


def measure(asked, folder):
    source, archive = folder / "documents.jsonl", asked.keep or folder / "a.vigie"
    write(source, asked.documents)
    command = [asked.vigie, "read", source, "--archive", archive, "--threads", asked.threads]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    samples, begun = [], time.time()
    while run.poll() is None:
        time.sleep(0.5)
        try:
            count, (seconds, memory) = archived(archive), used(run.pid)
        except (OSError, KeyError, IndexError):
            continue
        if count is not None:
            samples.append((count, seconds, memory, time.time() - begun))
    if run.returncode != 0:
        sys.exit(f"vigie ended with {run.returncode}")

    def cost(first, last):
        """Milliseconds of processor time a document from one count to another."""
        some = [s for s in samples if first <= s[0] <= last]
        (a, from_, *_), (b, to, *_) = some[0], some[-1]
        return 1000 * (to - from_) / (b - a)

    edge = max(EDGE, asked.documents // 20)
    first, last = cost(EDGE // 2, edge), cost(asked.documents - edge, asked.documents)
    memory = lambda count: max(m for c, _, m, _ in samples if c <= count) // 1024
    print(
        f"{asked.documents} documents in {samples[-1][3]:.0f} s, {60 * asked.documents / samples[-1][3]:.0f} a minute; "
        f"{first:.2f} ms of processor time a document at the beginning, {last:.2f} at the end ({100 * (last / first - 1):+.1f} %); "
        f"memory at most {memory(edge)} MB over the first {edge}, {memory(asked.documents)} MB over all"
    )
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        rows = "\n".join(",".join(f"{value:.2f}" if isinstance(value, float) else str(value) for value in s) for s in samples)
        (asked.out / "scale.csv").write_text(f"documents,cpu_seconds,anonymous_kb,seconds\n{rows}\n")


if __name__ == "__main__":
    main()
