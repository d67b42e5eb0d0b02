#!/usr/bin/env python3
"""Parallel readers against `vigie serve`: `load.py HOST:PORT [READERS] [SECONDS]` prints the figures as JSON.

Each reader keeps one connection and asks for the pages in turn, each from another place in the list. Only loopback addresses are asked.
"""
import asyncio, json, sys, time

ADDRESS = sys.argv[1]
READERS = int(sys.argv[2]) if len(sys.argv) > 2 else 50
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
PATHS = ["/", "/events", "/claims", "/api/v1/map", "/places", "/api/v1/events?limit=20", "/about", "/review"]
HOST, PORT = ADDRESS.rsplit(":", 1)
assert HOST in ("127.0.0.1", "localhost"), "only this machine is asked"


async def reader(number, end, times, errors):
    stream = await asyncio.open_connection(HOST, int(PORT))
    turn = number
    while time.monotonic() < end:
        path = PATHS[turn % len(PATHS)]
        turn += 1
        began = time.monotonic()
        stream[1].write(f"GET {path} HTTP/1.1\r\nHost: {ADDRESS}\r\n\r\n".encode())
        await stream[1].drain()
        head = await stream[0].readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
        await stream[0].readexactly(length)
        times.append((time.monotonic() - began) * 1000)
        if b" 200 " not in head.split(b"\r\n")[0]:
            errors.append(head.split(b"\r\n")[0].decode())
        # A person reads what came before asking for more.
        await asyncio.sleep(1.0)
    stream[1].close()


async def main():
    times, errors = [], []
    end = time.monotonic() + SECONDS
    await asyncio.gather(*(reader(n, end, times, errors) for n in range(READERS)))
    times.sort()
    at = lambda share: round(times[min(len(times) - 1, int(len(times) * share))], 1)
    print(json.dumps({"readers": READERS, "requests": len(times), "errors": len(errors), "p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99), "max_ms": round(times[-1], 1)}))


asyncio.run(main())
