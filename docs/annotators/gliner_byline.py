"""Names by GLiNER, for byline.

    pip install gliner

    # in the settings, with this file in their folder ("byline config path")
    [annotators]
    gliner.command = ["python3", "gliner_byline.py", "urchade/gliner_medium-v2.1"]
    gliner.types.event = "event"
    gliner.timeout = "10m"

GLiNER finds what its labels describe: change LABELS, and say in the settings what
each becomes. It reads a few hundred words at once, so the text is cut at lines.
"""

import json
import sys

from gliner import GLiNER

LABELS = ["person", "organization", "place"]
WORDS = 200  # at once; the models read 384 of their own tokens

name = sys.argv[1] if len(sys.argv) > 1 else "urchade/gliner_medium-v2.1"
gliner = GLiNER.from_pretrained(name)


def pieces(text):
    """Yields (offset, piece) for pieces of whole lines with about WORDS words."""
    start = end = words = 0
    for line in text.splitlines(keepends=True):
        if words and words + len(line.split()) > WORDS:
            yield start, text[start:end]
            start, words = end, 0
        end += len(line)
        words += len(line.split())
    if start < end:
        yield start, text[start:end]


def answer(request):
    mentions = []
    for at, piece in pieces(request["text"]):
        for e in gliner.predict_entities(piece, LABELS):
            mentions.append(
                {
                    "start": at + e["start"],
                    "end": at + e["end"],
                    "text": e["text"],
                    "type": e["label"],
                    "score": min(1.0, float(e["score"])),
                }
            )
    return {"model": name, "mentions": mentions}


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = answer(request)
    except Exception as e:  # this article fails, the next may not
        reply = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
