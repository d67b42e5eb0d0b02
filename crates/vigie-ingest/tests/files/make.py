"""Makes the files of this folder: python3 make.py (needs pyarrow and zstandard). The sentences and outlets are invented."""

import datetime
import gzip
import io
import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

BODY = [
    "Les soldats ont repris dimanche la ville de Tamsa, a annoncé le ministère de la Défense dans un communiqué lu à la radio nationale.",
    "Les rebelles ont coupé la route de Koulé pendant la nuit, selon deux habitants joints par téléphone, qui disent avoir vu des camions brûler.",
    "Le maire de Tamsa a demandé l'ouverture d'un couloir pour les civils, dont plusieurs centaines se sont réfugiés dans l'école du quartier nord.",
    "Aucune des deux parties n'a donné de bilan, et les observateurs attendent toujours l'autorisation de se rendre sur place.",
]


def page(body=BODY, extra="", charset="utf-8"):
    linked = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "L'armée reprend Tamsa",
        "datePublished": "2025-03-10T06:30:00+01:00", "author": {"@type": "Person", "name": "Nour Hadadi"},
        "publisher": {"@type": "Organization", "name": "Le Courrier du Bassin"},
        "mainEntityOfPage": "https://courrier.example/monde/tamsa",
    }
    paragraphs = "\n".join(f"<p>{p}</p>" for p in body)
    return f"""<!doctype html>
<html lang="fr"><head><meta charset="{charset}"><title>L'armée reprend Tamsa - Le Courrier du Bassin</title>
<link rel="canonical" href="https://courrier.example/monde/tamsa">
<script type="application/ld+json">{json.dumps(linked)}</script>
<script>var menu = "<p>rien</p>";</script><style>p {{ color: red }}</style></head>
<body><nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>L'armée reprend Tamsa</h1>
{paragraphs}
</article></main>{extra}
<aside><h2>À lire aussi</h2><ul><li><a href="/1">Le marché rouvre</a></li><li><a href="/2">La pluie attendue</a></li></ul></aside>
<footer><p>© Le Courrier du Bassin. Tous droits réservés.</p></footer></body></html>
"""


def write(name, data):
    with open(name, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def packed(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        file.write(data)
    return out.getvalue()


def record(kind, uri, block, mime):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2025-06-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{len(block) % 10}>\r\n"
        f"Content-Type: {mime}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(status, fields, body):
    return f"HTTP/1.1 {status}\r\n{fields}\r\n\r\n".encode() + body


html = page().encode()
write("page.html", html)
latin = page(charset="iso-8859-1").replace("©", "(c)")
write("latin.html", latin.encode("iso-8859-1"))
broken = "\n".join(BODY).replace("l'", "l’") + "\n"
write("mojibake.txt", broken.encode().decode("cp1252", "replace").replace("\ufffd", "").encode())
menu = page(body=[]).replace("<article><h1>L'armée reprend Tamsa</h1>", "<article>").replace("NewsArticle", "WebPage")
menu = menu.replace("L'armée reprend Tamsa", "Plan du site")
write("menu.html", menu)

half = len(html) // 2
chunks = f"{half:x}\r\n".encode() + html[:half] + f"\r\n{len(html) - half:x}\r\n".encode() + html[half:] + b"\r\n0\r\n\r\n"
other = html.replace(b"tamsa", b"koule").replace(b"Tamsa", "Koulé".encode())
http = "application/http; msgtype=response"
records = [
    record("warcinfo", "", b"software: by hand\r\n", "application/warc-fields"),
    record("request", "https://courrier.example/monde/tamsa", b"GET /monde/tamsa HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    record("response", "https://courrier.example/monde/tamsa",
           response("200 OK", "Content-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked", chunks), http),
    record("response", "https://courrier.example/monde/koule",
           response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip", packed(other)), http),
    record("response", "https://courrier.example/rien", response("404 Not Found", "Content-Type: text/html", b"<p>Rien</p>"), http),
    record("response", "https://courrier.example/logo.png", response("200 OK", "Content-Type: image/png", b"\x89PNG"), http),
    record("conversion", "https://courrier.example/texte", (BODY[0] + "\n").encode(), "text/plain"),
]
write("crawl.warc.gz", b"".join(packed(r) for r in records))

write("rss.xml", f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Le Courrier du Bassin</title>
<link>https://courrier.example/</link><description>Nouvelles</description><language>fr</language>
<item><title>L'armée reprend Tamsa</title><link>https://courrier.example/monde/tamsa</link>
<pubDate>Mon, 10 Mar 2025 00:30:00 +0300</pubDate><content:encoded><![CDATA[<p>{BODY[0]}</p><p>{BODY[1]}</p>]]></content:encoded></item>
<item><title>La route coupée</title><link>https://courrier.example/monde/route</link><description>{BODY[1]}</description></item>
</channel></rss>
""")
write("atom.xml", f"""<?xml version="1.0" encoding="iso-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Courrier du Bassin</title><id>urn:x</id><updated>2025-03-12T00:00:00Z</updated>
<entry><id>urn:1</id><title>L'armée reprend Tamsa</title><link href="https://courrier.example/monde/tamsa"/>
<author><name>Nour Hadadi</name></author><published>2025-03-10T00:30:00+03:00</published><updated>2025-03-12T00:00:00Z</updated>
<content type="html">&lt;p&gt;{BODY[0]}&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>La route coupée</title><link href="https://courrier.example/monde/route"/>
<updated>2025-03-12T00:00:00Z</updated><summary>{BODY[1]}</summary></entry></feed>
""".encode("iso-8859-1"))
write("feed.json", json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Le Courrier du Bassin", "items": [
        {"id": "1", "url": "https://courrier.example/monde/tamsa", "title": "L'armée reprend Tamsa",
         "content_html": f"<p>{BODY[0]}</p>", "date_published": "2025-03-10T06:30:00+01:00"},
        {"id": "2", "url": "https://courrier.example/monde/route", "content_text": BODY[1]}]}, ensure_ascii=False))
write("empty.xml", "<rss version=\"2.0\"><channel><title>Vide</title><link>https://vide.example/</link><description>x</description></channel></rss>\n")

rows = [
    {"id": "1", "url": "https://courrier.example/monde/tamsa", "outlet": "Le Courrier du Bassin", "published": "2025-03-10",
     "title": "L'armée reprend Tamsa", "text": "\n\n".join(BODY), "lang": "fr"},
    {"id": "2", "url": "https://courrier.example/monde/route", "outlet": None, "published": "2025-03-11T23:00:00-05:00",
     "title": None, "text": BODY[1], "lang": "fr"},
]
lines = [json.dumps(row, ensure_ascii=False) for row in rows]
write("news.jsonl", "\n".join(lines) + "\n")
write("bad.jsonl", "\n".join([lines[0], "{\"id\": 3, \"text\": ", "{\"id\": 4}", "[1, 2]", "", lines[1]]) + "\n")
write("news.jsonl.zst", zstandard.ZstdCompressor(level=3).compress(("\n".join(lines) + "\n").encode()))
write("page.html.gz", packed(html))

for name, codec in [("news.parquet", "snappy"), ("zstd.parquet", "zstd")]:
    table = pa.table({
        "id": [r["id"] for r in rows], "url": [r["url"] for r in rows], "outlet": [r["outlet"] for r in rows],
        "published": pa.array([datetime.date(2025, 3, 10), datetime.date(2025, 3, 11)], pa.date32()),
        "title": [r["title"] for r in rows], "text": [r["text"] for r in rows], "lang": [r["lang"] for r in rows]})
    pq.write_table(table, name, compression=codec)
pq.write_table(pa.table({"body": ["x"]}), "wordless.parquet")

out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in [("articles/page.html", html), ("articles/photo.png", b"\x89PNG"), ("__MACOSX/x.txt", b"x"),
                       ("news.jsonl.gz", packed(("\n".join(lines) + "\n").encode())), ("note.txt", (BODY[0] + "\n").encode())]:
        archive.writestr(zipfile.ZipInfo(name, (2025, 3, 10, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
write("pack.zip", out.getvalue())

write("letter.eml", f"""From: "Le Courrier du Bassin" <lettre@courrier.example>
To: lecteurs@courrier.example
Subject: =?utf-8?q?L=27arm=C3=A9e_reprend_Tamsa?=
Date: Mon, 10 Mar 2025 00:30:00 +0300
Message-ID: <1@courrier.example>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="xx"

--xx
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{BODY[0]}

{BODY[1]}

--xx
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: 8bit

<p>{BODY[0]}</p><p>{BODY[1]}</p>

--xx--
""".replace("\n", "\r\n"))
write("html.eml", f"""From: alerte@courrier.example
Subject: Alerte
Date: Mon, 10 Mar 2025 08:30:00 +0300
MIME-Version: 1.0
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

<html><body><p>{BODY[0]}</p><p>{BODY[1]}</p></body></html>
""".replace("\n", "\r\n").encode("iso-8859-1"))
