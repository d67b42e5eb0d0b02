"""The peer of `cargo xtask evaluate pages peer=PYTHON`: trafilatura with its best setting for articles.

Reads {"id", "html"} a line, writes {"id", "text"} a line and last {"seconds", "version"}: processor time of the
extraction alone."""

import json
import sys
import time

import trafilatura

pages = [json.loads(line) for line in sys.stdin]
start = time.process_time()
texts = [trafilatura.extract(page["html"], favor_precision=True, include_comments=False) or "" for page in pages]
seconds = time.process_time() - start
for page, text in zip(pages, texts):
    print(json.dumps({"id": page["id"], "text": text}))
print(json.dumps({"seconds": seconds, "version": trafilatura.__version__}))
