"""Erklärungen: why tests of the library do not pass on our engine, each for one of few reasons."""

from collections import defaultdict
from collections.abc import Mapping

from tests.trust.upstream import reasons as why

UPSTREAM = "8c6e00f6e2d85d93a1022341f4c479f23fbb0f41"  # 11 June 2026; 3.2.0 is installed

#: reason, class, test: the lines that fail for it
_TABLE: Mapping[str, Mapping[str, Mapping[str, tuple[int, ...]]]] = {
    why.REWIND: {
        "bpmn.NestedProcessesTest.NestedProcessesTest": {
            "testResetToIntermediate": (50,),
            "testResetToSubworkflow": (67,),
            "testResetToTop": (33,),
        },
        "bpmn.ResetSubProcessTest.ResetSubProcessTest": {
            "testResetToOuterWorkflowWhileInSubWorkflow": (39,),
            "testSaveRestore": (56,),
        },
        "bpmn.ResetTokenOnBoundaryEventTest.ResetTokenOnBoundaryEventTest": {
            "testResetToOuterWorkflow": (38,),
            "testResetToSubprocess": (63,),
            "testSaveRestore": (38,),
        },
        "camunda.ResetTokenNestedParallelTest.ResetTokenTestNestedParallel": {
            "testRunThroughHappy": (76,),
            "testRunThroughHappyAlt": (154,),
            "testRunThroughSaveRestore": (76,),
            "testRunThroughSaveRestoreAlt": (154,),
        },
        "camunda.ResetTokenParallelMatrixTest.ResetTokenTestParallelMatrix": {
            "testRunThroughHappy": (80,),
            "testRunThroughHappyAlt": (160,),
            "testRunThroughSaveRestore": (80,),
            "testRunThroughSaveRestoreAlt": (160,),
        },
        "camunda.ResetTokenParallelTaskCountTest.ResetTokenParallelTaskCountTest": {
            "testRunThroughHappy": (40,),
            "testRunThroughSaveRestore": (40,),
        },
        "camunda.ResetTokenSubWorkflowTest.ResetTokenTestSubProcess": {
            "testRunThroughHappy": (55,),
            "testRunThroughSaveRestore": (55,),
        },
    },
    why.NO_PREDICTION: {
        "bpmn.events.TransactionSubprocssTest.TransactionSubprocessTest": {
            "testSubworkflowCancelEvent": (66, 67),
            "testSubworkflowErrorCodeNone": (98, 99),
            "testSubworkflowErrorCodeOne": (124, 125),
        },
        "camunda.ResetTokenParallelTaskCountTest.ResetTokenParallelTaskCountTest": {
            "testRunThroughHappy": (28, 36),
            "testRunThroughSaveRestore": (28, 36),
        },
    },
    why.SHARED: {
        "bpmn.PythonScriptEngineTest.PythonScriptEngineTest": {"testNoDataPollution": (36, 41)},
        "bpmn.events.TransactionSubprocssTest.TransactionSubprocessTest": {
            "testSubworkflowCancelEvent": (52,)
        },
        "spiff.EventPayloadTest.EventPayloadTest": {
            "testErrorEvent": (36,),
            "testEscalationEvent": (49,),
        },
        "camunda.ExternalMessageBoundaryEventTest.ExternalMessageBoundaryTest": {
            "testRunThroughHappy": (40, 54),
            "testThroughSaveRestore": (40, 54),
        },
    },
    why.DATA_DRAWN: {
        "bpmn.DataObjectTest.DataObjectGatewayTest": {"testExpression": (112,)},
        "bpmn.DataObjectTest.DataObjectReferenceTest": {
            "testDataObjectReferences": (47,),
            "testDataObjectSerialization": (47,),
            "testMissingDataInput": (29,),
            "testMissingDataOutput": (41,),
        },
        "bpmn.DataStoreReferenceTest.DataStoreReferenceTest": {
            "testCanInterpretDataStoreReferenceWithInputsAndOutputs": (14,),
            "testCanSaveRestoreDataStoreReferenceWithInputsAndOutputs": (14,),
            "testSeparateRestoredWorkflowInstancesCanShareDataUsingDataStores": (10,),
            "testSeparateWorkflowInstancesCanShareDataUsingDataStores": (10,),
        },
        "bpmn.IOSpecTest.CallActivityDataTest": {
            "testCallActivityMissingInput": (25,),
            "testCallActivityMissingOutput": (40,),
            "testCallActivityWithIOSpec": (61, 69),
            "testCallActivityWithIOSpecSaveRestore": (61, 69),
        },
        "bpmn.IOSpecTest.IOSpecOnTaskTest": {
            "testIOSpecOnTask": (123, 127),
            "testIOSpecOnTaskMissingInput": (104,),
            "testIOSpecOnTaskMissingOutput": (113,),
            "testIOSpecOnTaskSaveRestore": (123, 127),
        },
        "spiff.PrescriptPostscriptTest.PrescriptPostsciptTest": {
            "testDataObject": (93,),
            "testDataObjectSaveRestore": (93,),
        },
    },
    why.LISTS: {
        "bpmn.ParallelMultiInstanceTest.ParallelMultiInstanceNewOutputTest": {
            "testDict": (20,),
            "testDictSaveRestore": (20,),
            "testSet": (20,),
        },
        "bpmn.ParallelMultiInstanceTest.ParallelMultiInstanceUpdateInputTest": {"testDict": (20,)},
        "bpmn.ParallelMultiInstanceTest.ParallellMultiInstanceExistingOutputTest": {
            "testDictWithListOutput": (20,),
            "testInvalidOutputType": (20,),
            "testListWithDictOutput": (83,),
            "testNonEmptyOutput": (106,),
        },
        "bpmn.SequentialMultiInstanceTest.SequentialMultiInstanceExistingOutputTest": {
            "testDictWithListOutput": (19,),
            "testInvalidOutputType": (19,),
            "testListWithDictOutput": (95,),
            "testNonEmptyOutput": (118,),
        },
        "bpmn.SequentialMultiInstanceTest.SequentialMultiInstanceNewOutputTest": {
            "testDict": (19,),
            "testDictSaveRestore": (19,),
            "testSet": (19,),
        },
        "bpmn.SequentialMultiInstanceTest.SequentialMultiInstanceUpdateInputTest": {
            "testDict": (19,)
        },
        "camunda.MultiInstanceDMNTest.MultiInstanceDMNTest": {
            "testDmnHappy": (16,),
            "testDmnSaveRestore": (22,),
        },
    },
    why.CORRELATION: {
        "bpmn.CollaborationTest.CollaborationTest": {"testBpmnMessage": (62, 73, 74)},
        "spiff.CorrelationTest.DefaultCorrelationKeyTest": {"test_default_key": (96,)},
        "spiff.CorrelationTest.DualConversationTest": {"testTwoCorrelatonKeys": (52, 54)},
        "spiff.CorrelationTest.ReceiveCorrelationTest": {
            "testReceiveCorrelations": (76, 88),
            "testReceiveCorrelationsSaveRestore": (76, 88),
        },
    },
    why.START: {
        "bpmn.CollaborationTest.CollaborationTest": {
            "testCorrelation": (89, 99),
            "testTwoCorrelationKeys": (115, 133, 134),
        },
        "bpmn.events.MultipleCatchEventTest.MultipleStartEventTest": {
            "testMultipleStartEvent": (29, 30),
            "testMultipleStartEventSaveRestore": (29, 30),
        },
        "bpmn.events.MultipleCatchEventTest.ParallelStartEventTest": {
            "testParallelStartEvent": (62, 63),
            "testParallelStartEventSaveRestore": (62, 63),
        },
        "bpmn.events.MultipleThrowEventTest.MultipleThrowEventStartsEventTest": {
            "testMultipleThrowEventStartEvent": (44, 45),
            "testMultipleThrowEventStartEventSaveRestore": (44, 45),
        },
        "bpmn.events.StartEventSplitTest.StartEventSplitTest": {
            "test_start_event_split": (28, 29),
            "test_start_event_split_save_restore": (28, 29),
        },
        "bpmn.events.TimerCycleStartTest.TimerCycleStartTest": {
            "testRunThroughHappy": (59,),
            "testThroughSaveRestore": (59,),
        },
        "camunda.CallActivityMessageTest.CallActivityMessageTest": {
            "testRunThroughHappy": (38,),
            "testRunThroughSaveRestore": (38,),
        },
        "camunda.StartMessageEventTest.StartMessageTest": {
            "testRunThroughHappy": (44,),
            "testThroughSaveRestore": (44,),
        },
    },
    why.FAILED_STEP: {
        "bpmn.CallActivityTest.CallActivityTest": {
            "test_call_activity_errors_include_task_trace": (56,)
        },
        "bpmn.CustomScriptTest.CustomInlineScriptTest": {
            "test_overwrite_function_with_local_variable": (53,)
        },
        "bpmn.ExclusiveGatewayNoDefaultTest.ExclusiveGatewayNoDefaultTest": {
            "testRunThroughHappy": (21,)
        },
        "bpmn.InclusiveGatewayTest.InclusiveGatewayTest": {"testNoPathFromSecondGateway": (29,)},
    },
    why.AT_ONCE: {
        "bpmn.events.TimerIntermediateTest.TimerIntermediateTest": {"testRunThroughHappy": (36,)},
        "camunda.ExternalMessageBoundaryEventTest.ExternalMessageBoundaryTest": {
            "testRunThroughHappy": (50,),
            "testThroughSaveRestore": (50,),
        },
    },
    why.NEAREST: {
        "bpmn.events.TransactionSubprocssTest.TransactionSubprocessTest": {
            "testSubworkflowErrorCodeOne": (119,)
        },
    },
    why.UNHEARD: {
        "bpmn.events.UncaughtEscalationTest.UncaughtEscalationTest": {
            "test_uncaught_escalation": (12,)
        },
    },
    why.TOO_EARLY: {
        "bpmn.parallel_gateway_tests.ParallelGatewayLoopInputTest.ParallelGatewayLoopInputTest": {
            "test_loop_input": (16, 17)
        },
    },
    why.SERVICE: {
        "spiff.ServiceTaskTest.ServiceTaskTest": {
            "testRunThroughHappy": (125,),
            "testRunThroughSaveRestore": (125,),
        },
        "spiff.ServiceTaskVariableTest.ServiceTaskVariableTest": {
            "testRunThroughHappy": (54,),
            "testRunThroughSaveRestore": (54,),
        },
    },
    why.TABLES: {
        "spiff.BusinessRuleTaskTest.BusinessRuleTaskTest": {"testBusinessRule": (12,)},
    },
    why.RULES: {
        "bpmn.CallActivityTest.CallActivityTest": {
            "test_call_activity_missing_subprocess_sets_task_error_state": (65,)
        },
        "bpmn.InvalidWorkflowsTest.InvalidWorkflowsTest": {"testUnsupportedTask": (30,)},
    },
    why.FORMAT: {
        "bpmn.DiffUtilTest.CompareSpecTest": {
            "test_alignment": (45,),
            "test_multiple": (56,),
            "test_tasks_added": (12,),
            "test_tasks_changed": (30,),
            "test_tasks_removed": (21,),
        },
        "bpmn.DiffUtilTest.CompareWorkflowTest": {
            "test_changed": (81,),
            "test_removed": (105,),
            "test_subprocess_changed": (129,),
        },
        "bpmn.serializer.BpmnWorkflowSerializerTest.BpmnWorkflowSerializerTest": {
            "testDeserializeActiveWorkflow": (157,),
            "testDeserializeWithData": (98,),
            "testDeserializeWithDataOnTask": (157,),
            "testDeserializeWithDefaultScriptEngineClass": (103,),
            "testDeserializeWorkflow": (157,),
            "testLastTaskIsSetAndWorksThroughRestore": (139,),
            "testSerializeIgnoresCallable": (135,),
            "testSerializeWorkflow": (34,),
            "testSerializeWorkflowCustomJSONEncoderDecoder": (78,),
            "testSerializeWorkflowSpec": (17,),
            "testSerializeWorkflowSpecWithGzip": (23,),
            "testSerlializePerservesVersion": (29,),
            "test_serialize_workflow_where_script_task_includes_function": (150,),
        },
        "spiff.ServiceTaskTest.ServiceTaskTest": {
            "testServiceTaskRetrySerializationIsSparse": (143,),
            "testServiceTaskRetrySerializationOmitsBackoffWhenMissingInXml": (143,),
            "testServiceTaskRetrySerializationOmitsBackoffWhenRetriesAreUnset": (91,),
        },
    },
    why.LIBRARY_PARTS: {
        "bpmn.CallActivityTest.CallActivityTest": {
            "test_call_activity_has_same_script_engine": (29, 35)
        },
        "bpmn.CollaborationTest.CollaborationTest": {"testCollaboration": (36,)},
        "bpmn.PythonScriptEngineEnvironmentTest.PythonScriptEngineEnvironmentTest": {
            "testTaskDataSizeWithNonTaskDataEnvironmentBasedPythonScriptEngine": (88,)
        },
        "bpmn.events.ActionManagementTest.ActionManagementTest": {"testRunThroughOverdue": (79,)},
        "camunda.ParseMultiInstanceTest.ParseMultiInstanceTest": {
            "testCollection": (78,),
            "testCollectionInCardinality": (23,),
            "testIntegerCardinality": (55,),
        },
    },
    why.LIBRARY_FAILS: {
        "bpmn.events.EventBasedGatewayTest.EventBasedGatewayTest": {
            "testEventBasedGateway": (30, 39),
            "testEventBasedGatewaySaveRestore": (30, 39),
            "testTimeout": (46, 51),
        },
    },
}


def _by_test() -> dict[str, dict[int, str]]:
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for reason, classes in _TABLE.items():
        for name, explained in classes.items():
            for test, lines in explained.items():
                found[f"{name}.{test}"] |= dict.fromkeys(lines, reason)
    return dict(found)


EXPLAINED: Mapping[str, Mapping[int, str]] = _by_test()  # test, line that fails: reason
