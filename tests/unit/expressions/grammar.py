"""Sources of our language that Python reads as well, made at random."""

from copy import deepcopy

from hypothesis import strategies as st

VALUES = {
    "a": 7,
    "b": -3,
    "c": "Text",
    "d": [1, 2, 3],
    "e": True,
    "f": None,
    "g": 2.5,
    "o": {"x": 1, "y": {"z": "w"}, "l": [4, 5], "leer": None},
    "p": [{"n": 1, "t": "ä"}, {"n": 2, "t": "b"}],
}
_LEAVES = [
    *VALUES,
    *("0", "1", "12", "'x'", "''", "[]", "()", "{}", "True", "None", "1.5", "'ä b,c'"),
    *("o.x", "o['x']", "o.y.z", "o.y['z']", "o.l[0]", "o.get('x')", "o.get('q', 5)", "p[0].n"),
    *("o[c]", "o.l[a]", "p[1]['t']", "o.leer"),
]
_BINARY = ["+", "-", "*", "/", "//", "%", "**", "and", "or"]
_BINARY += ["<", "<=", "==", "!=", ">", ">=", "in", "not in"]
_CALLS = ["len", "abs", "bool", "int", "float", "str", "round", "sum", "any", "all", "sorted"]
_CALLS += ["min", "max", "list", "Decimal"]
_METHODS = [
    "{}.upper()",
    "{}.lower()",
    "{}.strip()",
    "{}.split()",
    "{}.split(',')",
    "{}.isdigit()",
    "{}.startswith({})",
    "{}.endswith({})",
    "{}.replace({}, {})",
    "{}.join({})",
    "{}.index({})",
    "{}.count({})",
    "{}.get({})",
]
_SHAPES = [
    "({} if {} else {})",
    "[{}, {}]",
    "({}, {})",
    "{{'k': {}, 'm': {}}}",
    "{}[{}]",
    "{}[{}:{}]",
    "{}[:{}]",
    "({} < {} <= {})",
    "({} == {} != {})",
    "({} is None)",
    "({} is not None)",
    "(not {})",
    "(-{})",
    "(+{})",
    "min({}, {})",
    "max({}, default={})",
    "sorted({}, reverse={})",
    "round({}, {})",
    "range({})",
    "enumerate({})",
    "zip({}, {})",
    "f'{{{}}}'",
    "f'<{{{}:.2f}}|{{{}}}>'",
    "f'{{{}:05d}}'",
    "[{0} for i in {1}]",
    "[i for i in {} if {}]",
    "[(i, j) for i in {} for j in {}]",
    "[i for i, j in {}]",
    "[k for k, v in o.items() if v == {}]",
    "any(i == {} for i in {})",
    "{{str(i): {} for i in {}}}",
    "sum([x.n for x in p if x.n > {}])",
    "[[j for j in {}] for i in {}]",
]


def _filled(shape):
    return lambda parts: (
        shape.format(*(part.replace("'", '"') for part in parts))
        if (shape.startswith("f'"))
        else shape.format(*parts)
    )


def _extend(parts):
    holes = [(shape, shape.replace("{{", "").replace("}}", "")) for shape in _SHAPES + _METHODS]
    shaped = [
        st.tuples(*[parts] * (2 if "{0}" in shape else bare.count("{}"))).map(_filled(shape))
        for shape, bare in holes
    ]
    binary = st.tuples(parts, st.sampled_from(_BINARY), parts).map(lambda t: f"({' '.join(t)})")
    call = st.tuples(st.sampled_from(_CALLS), parts).map(lambda pair: f"{pair[0]}({pair[1]})")
    return st.one_of(binary, binary, call, *shaped)


expressions = st.recursive(st.sampled_from(_LEAVES), _extend, max_leaves=8)


def _indented(lines):
    return [f"    {line}" for line in lines]


_NAMES = st.sampled_from(["r", "s", "a", "neu"])


def _assigned(name, value):
    return [f"{name} = {value}"], [f"{name} = copied({value})"]


def _augmented(name, sign, value):
    return [f"{name} {sign}= {value}"], [f"{name} = copied({name} {sign} ({value}))"]


def _part(name, key, value, start):
    ours = [f"{name} = {{'k': {start}}}", f"{name}.{key} = {value}"]
    return ours, [
        f"{name} = copied({{'k': {start}}})",
        f"value = copied({value})",
        f"{name}['{key}'] = value",
    ]


def _part_augmented(name, value):
    ours = [f"{name} = {{'k': [1, {{'z': {value}}}]}}", f"{name}.k[1].z += {value}"]
    theirs = [
        f"{name} = copied({{'k': [1, {{'z': {value}}}]}})",
        f"{name}['k'][1]['z'] = copied({name}['k'][1]['z'] + ({value}))",
    ]
    return ours, theirs


def _chosen(test, first, second):
    return tuple(
        [f"if {test}:", *_indented(first[side]), "else:", *_indented(second[side])]
        for side in (0, 1)
    )


def _repeated(rows, body):
    return (
        [f"for i in {rows}:", *_indented(body[0])],
        [f"for i in copied({rows}):", *_indented(body[1])],
    )


def _together(blocks):
    return tuple([line for block in blocks for line in block[side]] for side in (0, 1))


def _blocks(inner):
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(_together),
        st.builds(_chosen, expressions, inner, inner),
        st.builds(_repeated, expressions, inner),
    )


_simple = st.one_of(
    st.builds(_assigned, _NAMES, expressions),
    st.builds(_augmented, _NAMES, st.sampled_from("+-*"), expressions),
    st.builds(_part, _NAMES, st.sampled_from(["k", "neu"]), expressions, expressions),
    st.builds(_part_augmented, _NAMES, expressions),
)
scripts = st.recursive(_simple, _blocks, max_leaves=5).map(
    lambda pair: ("\n".join(pair[0]), "\n".join(pair[1]))
)


class Fields(dict):
    """An object as Python would need it, so that ``a.b`` reads a key."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def with_fields(value):
    """Make all objects readable by ``a.b``."""
    if isinstance(value, dict):
        return Fields({key: with_fields(part) for key, part in value.items()})
    if isinstance(value, list):
        return [with_fields(part) for part in value]
    return value


def copied(value):
    """Copy a value as an assignment in our language does."""
    return with_fields(deepcopy(value))
