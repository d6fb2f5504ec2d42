"""Asks the store and mongomock the same and compares: compare.py PORT SEED ROUNDS. Exit code 1 when they differ beyond mongomock's known faults."""
import collections
import copy
import json
import random
import sys

import mongomock
import pymongo
from bson import Int64, json_util
from pymongo.errors import PyMongoError

import faults
import generate

DOCUMENTS = 30


class Refusal(collections.namedtuple("Refusal", "reason")):
    """An error; two of them are the same answer."""

    def __eq__(self, other):
        return isinstance(other, Refusal)


def ask(collection, act):
    try:
        return act(collection)
    except NotImplementedError:
        return None
    except (PyMongoError, mongomock.OperationFailure, mongomock.WriteError) as error:
        return Refusal(str(error))
    except Exception as error:  # mongomock breaks in Python's own ways where the server answers with an error
        return Refusal("%s: %s" % (type(error).__name__, error))


def plain(value):
    """Tells 1 from 1.0 from true. Not the order of fields: mongomock puts _id last and sets new fields where it comes to them."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return ("double", round(value, 9))
    return ("int" if isinstance(value, Int64) else type(value).__name__, value)


def by_id(answer):
    """$group gives its groups in no order."""
    if not isinstance(answer, list):
        return answer
    return sorted(answer, key=lambda row: json_util.dumps(row.get("_id"), sort_keys=True))


def apart(ours, theirs, documents):
    """The answers, or, where both are documents, those that only one gives, with what they were."""
    if isinstance(ours, dict) and isinstance(theirs, dict) and "after" in ours:
        if plain(ours["after"]) == plain(theirs["after"]):
            return {"ours": {**ours, "after": None}, "mongomock": {**theirs, "after": None}}
        ours, theirs = ours["after"], theirs["after"]
    if not (isinstance(ours, list) and isinstance(theirs, list) and ours + theirs and isinstance((ours + theirs)[0], dict)):
        return {"ours": ours, "mongomock": theirs}
    only, other = [d for d in ours if plain(d) not in map(plain, theirs)][:2], [d for d in theirs if plain(d) not in map(plain, ours)][:2]
    keys = [d.get("_id") for d in only + other]
    return {"ours": only, "mongomock": other, "documents": [d for d in documents if d["_id"] in keys]}


def find(r):
    query = generate.query(r)
    return "find", {"query": query}, lambda c: list(c.find(query).sort("_id", 1))


def count(r):
    query = generate.query(r)
    return "count", {"query": query}, lambda c: c.count_documents(query)


def distinct(r):
    name, query = r.choice(["n", "s", "a", "d.x"]), generate.query(r)
    # Which of 1 and 1.0 stands for both depends on which comes first.
    kind = lambda value: float(value) if isinstance(value, int) else value
    return "distinct", {"query": query, "path": name}, lambda c: sorted(repr(kind(value)) for value in c.distinct(name, query))


def sort(r):
    order, skip, limit = generate.sort(r), r.randrange(4), r.randrange(1, 12)
    return "sort", {"sort": order}, lambda c: [row["_id"] for row in c.find({}).sort(order).skip(skip).limit(limit)]


def project(r):
    fields = generate.projection(r)
    return "project", {"projection": fields}, lambda c: list(c.find({}, fields).sort("_id", 1))


def update(r):
    query, change, upsert, many = generate.query(r, 1), generate.update(r), r.random() < 0.2, r.random() < 0.5
    is_replacement = not next(iter(change)).startswith("$")
    many = many and not is_replacement
    if upsert:
        query = {"_id": r.randrange(DOCUMENTS * 2), **({"u": 1} if r.random() < 0.5 else {})}
    elif not many:
        query = {**query, "_id": r.randrange(DOCUMENTS)}

    def act(c):
        if is_replacement:
            result = c.replace_one(query, change, upsert=upsert)
        elif many:
            result = c.update_many(query, change, upsert=upsert)
        else:
            result = c.update_one(query, change, upsert=upsert)
        return {"matched": result.matched_count, "modified": result.modified_count, "upserted": result.upserted_id,
                "after": list(c.find().sort("_id", 1))}

    return "update", {"query": query, "update": change, "upsert": upsert, "many": many}, act


def delete(r):
    query = generate.query(r)
    return "delete", {"query": query}, lambda c: {"deleted": c.delete_many(query).deleted_count, "left": [d["_id"] for d in c.find().sort("_id", 1)]}


def aggregate(r):
    stages = generate.pipeline(r)
    return "aggregate", {"pipeline": stages}, lambda c: by_id(list(c.aggregate(stages)))


def main(port, seed, rounds):
    server = pymongo.MongoClient("127.0.0.1", port, directConnection=True)
    excluded, compared, differences = collections.Counter(), collections.Counter(), []
    for number in range(rounds):
        r = random.Random(seed * 1000003 + number)
        documents = [generate.document(r, key) for key in range(DOCUMENTS)]
        pair = server["differential"]["things"], mongomock.MongoClient()["differential"]["things"]
        for collection in pair:
            collection.drop()
        pair[0].create_index("n")
        pair[0].create_index([("s", 1), ("n", -1)])
        pair[0].create_index("a")
        pair[0].create_index([("t", 1), ("a", 1), ("n", 1)])
        pair[0].create_index("l.x")
        for collection in pair:
            collection.insert_many(copy.deepcopy(documents))
        for _ in range(25):
            name, what, act = r.choice([find, find, find, count, distinct, sort, project, aggregate, aggregate, update, update, delete])(r)
            if name == "delete" and r.random() < 0.8:
                continue
            fault = faults.known(name, what, list(pair[0].find()))
            if fault:
                excluded[fault] += 1
                continue
            ours, theirs = ask(pair[0], act), ask(pair[1], act)
            compared[name] += 1
            if theirs is None or plain(ours) == plain(theirs):
                continue
            differences.append({"seed": seed, "round": number, "what": name, **what, **apart(ours, theirs, documents)})
            break
    print(json.dumps({"compared": compared, "excluded": excluded}))
    for difference in differences[:20]:
        print(json_util.dumps(difference, default=str, ensure_ascii=False)[:3000])
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
