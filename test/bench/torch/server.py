"""Runs contestants on demand: a JSON request a line on standard input, a JSON answer a line on standard output.

{"open": {"case", "folder", ...}} answers {"id"}; {"step": id} answers {"ms", "value"};
{"close": id} answers {}; the first line out says what this is.
"""

import json
import sys
import time

import torch

from contestants import makers


def main():
    answer({"version": torch.__version__, "threads": torch.get_num_threads(), "cuda": torch.cuda.get_device_name(0) if torch.cuda.is_available() else None})
    steps = []
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if "open" in request:
                settings = request["open"]
                steps.append(makers[settings["case"]](settings, settings["folder"]))
                answer({"id": len(steps) - 1})
            elif "close" in request:
                steps[request["close"]] = None
                answer({})
            else:
                start = time.perf_counter()
                # The value is read back from the device, so the step is over.
                value = steps[request["step"]]()
                answer({"ms": (time.perf_counter() - start) * 1000, "value": value})
        except Exception as error:
            answer({"error": f"{type(error).__name__}: {error}"})


def answer(message):
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
