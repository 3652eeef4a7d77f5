"""Reads the patches of a slide with OpenSlide, on as many threads as asked for: a JSON request a line, a JSON answer a line.

The first line in says {"path", "size", "x": [...], "y": [...], "threads"}; the first line out what this is. After that each
line in is a step: it opens the slide, reads every patch as RGB at level 0, and answers {"ms", "value"}.
"""

import json
import sys
import threading
import time

import openslide


def main():
    asked = json.loads(sys.stdin.readline())
    places = list(zip(asked["x"], asked["y"]))
    answer({"version": openslide.__library_version__})
    for _ in sys.stdin:
        start = time.perf_counter()
        share = -(-len(places) // asked["threads"])
        parts = [places[i : i + share] for i in range(0, len(places), share)]
        sums = [0] * len(parts)
        threads = [threading.Thread(target=read, args=(asked, part, sums, i)) for i, part in enumerate(parts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answer({"ms": (time.perf_counter() - start) * 1000, "value": sum(sums) / len(places)})


def read(asked, places, sums, own):
    size = asked["size"]
    with openslide.OpenSlide(asked["path"]) as slide:
        for x, y in places:
            sums[own] += slide.read_region((x, y), 0, (size, size)).convert("RGB").getpixel((0, 0))[0]


def answer(message):
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
