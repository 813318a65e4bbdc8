"""Names and quotes by a language model on a local server, for byline.

Needs Python alone, and a server that speaks the chat protocol of OpenAI on this
computer: llama.cpp's llama-server, Ollama, vLLM.

    # in the settings, with this file in their folder ("byline config path")
    [annotators]
    llm.command = ["python3", "llm_byline.py", "http://127.0.0.1:8080/v1", "qwen3:8b"]
    llm.timeout = "10m"
    llm.batch = 1

A model names words, not offsets: they are looked up in the text, in order, and
what is not there is left out. byline itself connects to nothing.
"""

import json
import sys
import urllib.request

BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/v1"
MODEL = sys.argv[2] if len(sys.argv) > 2 else "default"

PROMPT = """List the people and organizations that the article names, and its quotations with
who says them. Answer with JSON alone:
{"names": [{"text": "words as in the article", "type": "person or organization or place"}],
 "quotes": [{"text": "the quotation as in the article, marks included", "speaker": "words as in the article, or null"}]}

Article:
"""


def ask(text):
    body = {
        "model": MODEL,
        "temperature": 0,
        "messages": [{"role": "user", "content": PROMPT + text}],
        "response_format": {"type": "json_object"},
    }
    request = urllib.request.Request(
        BASE + "/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        reply = json.load(response)["choices"][0]["message"]["content"]
    return json.loads(reply[reply.index("{") : reply.rindex("}") + 1])


def every(text, words):
    """Yields the places of whole words in text."""
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at, end
        at = text.find(words, end)


def nearest(text, words, at):
    """Returns the place of words in text that is nearest to at, or None."""
    return min(every(text, words), key=lambda p: abs(p[0] - at), default=None)


def answer(request):
    text = request["text"]
    found = ask(text)
    mentions = [
        {"start": start, "end": end, "text": n["text"], "type": n["type"]}
        for n in found.get("names", [])
        for start, end in every(text, n["text"])
    ]
    quotes = []
    after = 0
    for q in found.get("quotes", []):
        start = text.find(q["text"], after)
        if start < 0:
            start = text.find(q["text"])
        if start < 0 or not q["text"]:
            continue
        after = start + len(q["text"])
        quote = {"start": start, "end": after, "text": q["text"]}
        speaker = nearest(text, q.get("speaker") or "", after)
        if speaker:
            quote["speaker"] = {"start": speaker[0], "end": speaker[1]}
        quotes.append(quote)
    return {"model": MODEL, "mentions": mentions, "quotes": quotes}


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = answer(request)
    except Exception as e:  # this article fails, the next may not
        reply = {"error": f"{type(e).__name__}: {e}"}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
