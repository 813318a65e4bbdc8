# Reads a table with python's csv and checks each row against the texts in byline's JSONL.
import csv, json, sys

texts = {}
for line in open(sys.argv[2], encoding="utf-8"):
    a = json.loads(line)
    texts[a["id"]] = a["text"]
rows = wrong = 0
with open(sys.argv[1], encoding="utf-8", newline="") as f:
    for r in csv.DictReader(f):
        if r["kind"] == "article":
            continue
        rows += 1
        said = r["text"][1:] if r["text"][:1] == "'" and r["text"][1:2] in "=+-@\t\r" else r["text"]
        if texts[r["article"]][int(r["start"]):int(r["end"])] != said:
            wrong += 1
            print("row", rows, repr(said), "is not at its offsets")
print(f"{rows} rows, {wrong} wrong")
sys.exit(1 if wrong or not rows else 0)
