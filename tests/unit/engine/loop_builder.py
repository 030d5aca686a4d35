"""Repetitions for small processes."""


def instances(inner, sequential=False):
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">{inner}'
        "</bpmn:multiInstanceLoopCharacteristics>"
    )


def each(collection, item="", result="", results="", until="", sequential=False):
    inner = f"<bpmn:loopDataInputRef>{collection}</bpmn:loopDataInputRef>"
    if results:
        inner += f"<bpmn:loopDataOutputRef>{results}</bpmn:loopDataOutputRef>"
    if item:
        inner += f'<bpmn:inputDataItem id="in_{item}" name="{item}"/>'
    if result:
        inner += f'<bpmn:outputDataItem id="out_{result}" name="{result}"/>'
    if until:
        inner += f"<bpmn:completionCondition>{until}</bpmn:completionCondition>"
    return instances(inner, sequential)


def times(count, more="", sequential=False):
    return instances(f"<bpmn:loopCardinality>{count}</bpmn:loopCardinality>{more}", sequential)


def loop(condition="", maximum="", before=False):
    limit = f' loopMaximum="{maximum}"' if maximum else ""
    inner = f"<bpmn:loopCondition>{condition}</bpmn:loopCondition>" if condition else ""
    return (
        f'<bpmn:standardLoopCharacteristics testBefore="{str(before).lower()}"{limit}>{inner}'
        "</bpmn:standardLoopCharacteristics>"
    )
