"""Names by spaCy, for byline.

    pip install spacy && python3 -m spacy download en_core_web_sm

    # in the settings, with this file in their folder ("byline config path")
    [annotators]
    spacy.command = ["python3", "spacy_byline.py", "en_core_web_sm"]

byline sends a JSON object a line and reads one a line. Print nothing else to
standard output: messages go to standard error.
"""

import json
import sys

import spacy

name = sys.argv[1] if len(sys.argv) > 1 else "en_core_web_sm"
nlp = spacy.load(name, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
model = f"{name} {nlp.meta['version']}"


def answer(request):
    # Python counts strings in code points, as byline does.
    doc = nlp(request["text"])
    return {
        "model": model,
        "mentions": [
            {"start": e.start_char, "end": e.end_char, "text": e.text, "type": e.label_}
            for e in doc.ents
        ],
    }


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = answer(request)
    except Exception as e:  # this article fails, the next may not
        reply = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
