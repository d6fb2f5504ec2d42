"""Random documents, filters, updates and pipelines: few values, so that they meet."""
import datetime
import re

NUMBERS = [-3, -2, -1, 0, 1, 2, 3, 7, 0.5, 1.0, 2.5, -1.5, 2**40]
STRINGS = ["", "a", "ab", "abc", "b", "B", "é"]
DATES = [datetime.datetime(2024, 1, 31, 23, 59), datetime.datetime(2024, 2, 1), datetime.datetime(1969, 12, 31)]
RANGES = ["$gt", "$gte", "$lt", "$lte"]


def scalar(r):
    return r.choice(r.choice([NUMBERS, NUMBERS, STRINGS, DATES, [None]]))


def embedded(r):
    return {name: scalar(r) for name in "xy" if r.random() < 0.7}


def document(r, key):
    """n: number; s: string; m: any scalar; t: flag; w: date; a: scalars; d: embedded; l: list of embedded."""
    makers = {
        "n": lambda: r.choice(NUMBERS),
        "s": lambda: r.choice(STRINGS),
        "m": lambda: scalar(r),
        "t": lambda: r.random() < 0.5,
        "w": lambda: r.choice(DATES),
        "a": lambda: [scalar(r) for _ in range(r.randrange(4))],
        "d": lambda: embedded(r),
        "l": lambda: [embedded(r) for _ in range(r.randrange(4))],
    }
    return dict([("_id", key)] + [(name, make()) for name, make in makers.items() if r.random() < 0.8])


def path(r):
    return r.choice(["n", "s", "m", "a", "d.x", "d.y", "l.x", "l.y", "w", "missing"])


def condition(r, name):
    kind = r.randrange(12)
    if kind < 3:
        return scalar(r)
    if kind < 5:
        return {r.choice(RANGES): scalar(r)}
    if kind == 5:
        return {"$gte": scalar(r), "$lt": scalar(r)}
    if kind == 6:
        return {r.choice(["$in", "$nin"]): [scalar(r) for _ in range(r.randrange(4))]}
    if kind == 7:
        return {r.choice(["$eq", "$ne"]): scalar(r)}
    if kind == 8:
        return {"$exists": r.random() < 0.5}
    if kind == 9:
        return {"$regex": r.choice(["^a", "b", "c$", "^$", "B|é"]), "$options": r.choice(["", "i"])}
    if kind == 10:
        return {"$type": r.choice(["string", "number", "double", "date", "array", "object"])}
    return {"$not": {r.choice(RANGES): scalar(r)}}


def special(r):
    return r.choice([
        lambda: {"a": {"$size": r.randrange(4)}},
        lambda: {"a": {"$all": [scalar(r) for _ in range(r.randrange(1, 3))]}},
        lambda: {"a": {"$elemMatch": {"$gte": scalar(r), "$lt": scalar(r)}}},
        lambda: {"a": [scalar(r), scalar(r)]},
        lambda: {"l": {"$elemMatch": {"x": scalar(r), "y": {r.choice(RANGES): scalar(r)}}}},
        lambda: {"d": embedded(r)},
        lambda: {"l": embedded(r)},
        lambda: {"t": r.random() < 0.5},
        lambda: {"s": re.compile(r.choice(["^a", "b$", "B"]))},
        lambda: {"a.%d" % r.randrange(3): scalar(r)},
        lambda: {"l.%d.x" % r.randrange(3): scalar(r)},
    ])()


def query(r, depth=2):
    if depth and r.random() < 0.3:
        return {r.choice(["$and", "$or", "$nor"]): [query(r, depth - 1) for _ in range(r.randrange(1, 3))]}
    if r.random() < 0.3:
        return special(r)
    names = {path(r) for _ in range(r.randrange(1, 3))}
    return {name: condition(r, name) for name in sorted(names)}


def update(r):
    ops = {
        "$set": lambda: r.choice([{"n": r.choice(NUMBERS)}, {"s": r.choice(STRINGS)}, {r.choice(["m", "d.x", "d.z", "new", "a.1", "l.0.x", "q.r"]): scalar(r)}]),
        "$unset": lambda: {r.choice(["n", "d.x", "m", "missing", "d"]): 1},
        "$inc": lambda: {r.choice(["n", "c", "d.c"]): r.choice([1, 2, -1, 0.5])},
        "$min": lambda: {"n": r.choice(NUMBERS)},
        "$max": lambda: {"n": r.choice(NUMBERS)},
        "$setOnInsert": lambda: {"born": 1},
        "$push": lambda: {r.choice(["a", "f"]): r.choice([scalar(r), {"$each": [scalar(r), scalar(r)]}, {"$each": [scalar(r)], "$slice": r.choice([-2, 0, 2])}])},
        "$addToSet": lambda: {r.choice(["a", "f"]): r.choice([scalar(r), {"$each": [scalar(r), scalar(r)]}])},
        "$pull": lambda: {r.choice(["a", "missing"]): r.choice([scalar(r), {"$gte": r.choice(NUMBERS)}, {"$in": [scalar(r), scalar(r)]}])},
    }
    names = r.sample(sorted(ops), r.choice([1, 1, 1, 2]))
    if r.random() < 0.1:
        return {"n": r.choice(NUMBERS), "s": r.choice(STRINGS), "m": scalar(r)}
    return {name: ops[name]() for name in names}


def sort(r):
    names = r.sample(["n", "s", "m", "w", "d.x", "a", "l.x"], r.choice([1, 2]))
    return [(name, r.choice([1, -1])) for name in names] + [("_id", 1)]


def projection(r):
    names = r.sample(["n", "s", "d.x", "l.y", "a", "missing"], r.choice([1, 2, 3]))
    return dict({name: r.choice([True, 1]) for name in names} if r.random() < 0.6 else {name: False for name in names},
                **({"_id": False} if r.random() < 0.3 else {}))


def expression(r):
    return r.choice([
        lambda: "$" + path(r),
        lambda: {"$literal": scalar(r)},
        lambda: {"x": "$n", "y": {"z": "$_id"}},
    ])()


def accumulators(r):
    every = {
        "sum": {"$sum": "$n"}, "one": {"$sum": 1}, "min": {"$min": "$n"}, "max": {"$max": "$n"}, "first": {"$first": "$_id"}, "push": {"$push": "$s"},
    }
    return {name: every[name] for name in r.sample(sorted(every), 3)}


def pipeline(r):
    body = r.choice([
        lambda: [{"$project": {"r": expression(r), "n": 1}}],
        lambda: [{"$group": dict({"_id": r.choice(["$s", "$t", "$n", None, "$d.x", {"s": "$s", "t": "$t"}])}, **accumulators(r))}],
        lambda: [{"$skip": r.randrange(5)}, {"$limit": r.randrange(1, 9)}],
    ])()
    return [{"$sort": {"_id": 1}}] + ([{"$match": query(r)}] if r.random() < 0.5 else []) + body
