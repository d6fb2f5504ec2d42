"""What mongomock 4.1.2 is known to answer wrongly. Each fault says when an operation may meet it; such operations are not compared."""


def known(name, what, documents):
    for fault in FAULTS:
        if fault(name, what, documents):
            return fault.__name__
    return None


def conditions(query, negated=False):
    """(path, operator, operand, whether below $not or $nor) of everything a query asks."""
    for path, asked in query.items():
        if path in ("$and", "$or", "$nor"):
            for clause in asked:
                yield from conditions(clause, negated or path == "$nor")
        elif isinstance(asked, dict) and any(name.startswith("$") for name in asked):
            for operator, operand in asked.items():
                if operator == "$not" or (operator == "$elemMatch" and any(name.startswith("$") for name in operand)):
                    yield from conditions({path: operand}, True)
                if operator == "$elemMatch" and not any(name.startswith("$") for name in operand):
                    yield from conditions(operand, negated)
                yield path, operator, operand, negated
        else:
            yield path, "$eq", asked, negated


def queries(what):
    if "query" in what:
        yield what["query"]
    for stage in what.get("pipeline", []):
        if "$match" in stage:
            yield stage["$match"]


def every_condition(what):
    for query in queries(what):
        yield from conditions(query)


def may_be_empty(what, documents):
    return not documents or any("$match" in stage for stage in what["pipeline"])


def sorts_an_array_by_its_first_item(name, what, documents):
    return any(path in ("a", "l.x") for path, _ in what.get("sort", []))


def takes_missing_for_no_null_in_ranges(name, what, documents):
    """{a: {$lte: null}} matches a missing field."""
    return any(operator in ("$gte", "$lte") and operand is None for _, operator, operand, _ in every_condition(what))


def finds_nothing_below_an_array_or_a_scalar(name, what, documents):
    """Where a path ends early, negations and null are asked of no value at all, instead of the missing one."""
    return any("." in path and (negated or operator in ("$ne", "$nin", "$not", "$exists") or operand is None or (operator == "$in" and None in operand))
               for path, operator, operand, negated in every_condition(what))


def takes_no_missing_for_null_in_all(name, what, documents):
    """{a: {$all: [null]}} is {$and: [{a: null}]}, which a missing field meets."""
    return any(operator == "$all" and None in operand for _, operator, operand, _ in every_condition(what))


def takes_an_empty_document_for_a_missing_one(name, what, documents):
    return any(operand == {} for _, _, operand, _ in every_condition(what))


def sees_no_conflict_between_paths(name, what, documents):
    """Two operators on one path, or on one below the other, are an error (40)."""
    change = what.get("update", {})
    paths = [path for operands in change.values() if isinstance(operands, dict) for path in operands] if next(iter(change), "").startswith("$") else []
    return any(i != j and (p + ".").startswith(q + ".") for i, p in enumerate(paths) for j, q in enumerate(paths))


def asks_every_operator_of_one_item(name, what, documents):
    """{"l.x": {$gte: 1, $lt: 0}} may be met by two items."""
    asked = [(path, operator) for path, operator, _, _ in every_condition(what) if path.startswith("l.") and operator in ("$gte", "$lt")]
    return ("l.x", "$gte") in asked and ("l.x", "$lt") in asked or ("l.y", "$gte") in asked and ("l.y", "$lt") in asked


def groups_nothing_into_one_group(name, what, documents):
    return any("$group" in stage and stage["$group"]["_id"] is None for stage in what.get("pipeline", [])) and may_be_empty(what, documents)


def reads_no_field_through_an_array(name, what, documents):
    return "'$l." in str([stage for stage in what.get("pipeline", []) if "$match" not in stage])


def takes_a_change_of_number_type_for_none(name, what, documents):
    """1.0 in place of 1 is a modification, and counted as one."""
    change = what.get("update", {})
    return any(value == 1 for value in list(change.values()) + list(change.get("$set", {}).values()))


def sets_nothing_beyond_the_end_of_an_array(name, what, documents):
    places = {"a.1": ("a", 1), "l.0.x": ("l", 0)}
    return any(isinstance(d.get(places[path][0]), list) and len(d[places[path][0]]) <= places[path][1]
               for path in what.get("update", {}).get("$set", {}) if path in places for d in documents)


def adds_each_of_a_set_twice(name, what, documents):
    added = what.get("update", {}).get("$addToSet", {}).values()
    return any(isinstance(value, dict) and "$each" in value and value["$each"][0] == value["$each"][1] for value in added)


FAULTS = [
    sorts_an_array_by_its_first_item,
    takes_missing_for_no_null_in_ranges,
    finds_nothing_below_an_array_or_a_scalar,
    takes_no_missing_for_null_in_all,
    takes_an_empty_document_for_a_missing_one,
    asks_every_operator_of_one_item,
    sees_no_conflict_between_paths,
    takes_a_change_of_number_type_for_none,
    sets_nothing_beyond_the_end_of_an_array,
    adds_each_of_a_set_twice,
    groups_nothing_into_one_group,
    reads_no_field_through_an_array,
]
