from tests.unit.engine.process_builder import (
    ENGINE,
    Played,
    bpmn,
    chain,
    end,
    faults,
    flow,
    node,
    properties,
    script,
    start,
    user,
    wait,
)


def test_all_faults_are_told_at_once():
    source = bpmn(chain(node("task", "a"), script("b", "("), user("c", deadline="bald")))

    assert {("a", "unsupported_element"), ("b", "expression"), ("c", "bad_deadline")} <= faults(
        source
    )


def test_a_long_process_is_accepted():
    case = Played(bpmn(chain(*(script(f"s{number}", "x = 1") for number in range(245)))))

    assert case.step.completed
    assert len(case.path) == 247


def test_a_comment_in_a_script_task_does_no_harm():
    body = chain(script("a", "x = 1 <!-- in XML -->  # in the script\n"))
    case = Played(bpmn(body.replace("<bpmn:script>", "<!-- davor --><bpmn:script>")))

    assert case.data == {"x": 1}


def test_drawings_of_data_have_no_effect():
    data = (
        '<bpmn:dataObject id="do"/><bpmn:dataObjectReference id="dr" dataObjectRef="do"/>'
        '<bpmn:dataStoreReference id="ds" name="Archiv"/><bpmn:textAnnotation id="ta"/>'
    )
    inner = (
        '<bpmn:dataOutputAssociation id="da"><bpmn:targetRef>dr</bpmn:targetRef>'
        "</bpmn:dataOutputAssociation>"
    )
    case = Played(bpmn(data + chain(node("userTask", "a", inner)))).complete("a", x=1)

    assert (case.step.completed, case.data) == (True, {"x": 1})


def test_one_process_may_lack_the_mark_of_being_executable():
    assert Played(bpmn(chain(user("a")), process='id="p" isExecutable="false"')).open == ["a"]


def test_other_pools_are_only_drawn():
    extra = '<bpmn:process id="buerger" isExecutable="false"><bpmn:task id="x"/></bpmn:process>'

    assert Played(bpmn(chain(user("a")), extra)).open == ["a"]


def test_a_deployment_describes_its_nodes():
    lanes = (
        '<bpmn:laneSet id="ls"><bpmn:lane id="l1" name="Antragsteller"><bpmn:flowNodeRef>start'
        '</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="l2" name="Sachbearbeitung">'
        "<bpmn:flowNodeRef>teil</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>"
    )
    inner = start("s1") + user("innen", milestone="geprueft") + end("e1")
    part = node("subProcess", "teil", inner + flow("s1", "innen") + flow("innen", "e1"))
    form = properties(formJsonSchemaFilename="antrag.json", formUiSchemaFilename="antrag.ui.json")
    body = lanes + chain(part, wait("w", "P1D"))
    body = body.replace('<bpmn:startEvent id="start">', f'<bpmn:startEvent id="start">{form}')

    deployment = ENGINE.deploy(bpmn(body, process='id="p" name="Probe" isExecutable="true"'))

    assert (deployment.process_id, deployment.name) == ("p", "Probe")
    assert deployment.lanes == ("Antragsteller", "Sachbearbeitung")
    assert deployment.form_files == ("antrag.json", "antrag.ui.json")
    assert {key: (one.kind, one.lane) for key, one in deployment.nodes.items()} == {
        "start": ("start", "Antragsteller"),
        "teil": ("other", "Sachbearbeitung"),
        "w": ("timer", ""),
        "ende": ("end", ""),
        "s1": ("start", "Sachbearbeitung"),
        "innen": ("user_task", "Sachbearbeitung"),
        "e1": ("end", "Sachbearbeitung"),
    }
    assert deployment.nodes["innen"].milestone == "geprueft"
    assert deployment.nodes["innen"].name == "Aufgabe innen"


def test_cases_of_one_deployment_never_meet():
    first = Played(bpmn(chain(user("a"), user("b"))), {"x": 1})
    second = Played.__new__(Played)
    second.deployment, second.now = first.deployment, first.now
    second.step = ENGINE.start(first.deployment, {"x": 2}, first.now)

    first.complete("a", y=1)

    assert (second.open, second.data) == (["a"], {"x": 2})
    assert second.complete("a").data == {"x": 2}
