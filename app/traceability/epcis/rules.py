"""The closed set of rules that a document or an event can break, each explained in English and Chinese."""

from enum import Enum


class Rule(Enum):
    """One rule: its name is its id; `english` and `chinese` say in one line what it asks."""

    # the text
    JSON_ENCODING = ("The file is UTF-8 text.", "文件须为 UTF-8 编码的文本。")
    JSON_BYTE_ORDER_MARK = (
        "The file does not start with a byte order mark.",
        "文件开头不得有字节顺序标记（BOM）。",
    )
    JSON_SYNTAX = ("The file is one JSON value.", "文件须为一个合法的 JSON 值。")
    JSON_DEPTH = ("JSON is nested at most 64 levels deep.", "JSON 嵌套不得超过 64 层。")
    JSON_DUPLICATE_KEY = ("An object names each member once.", "同一对象中的成员名不得重复。")
    JSON_NUMBER = (
        "A number is finite and has at most 40 characters, with and without exponent.",
        "数字须为有限值，无论是否用指数书写均不超过 40 个字符。",
    )
    JSON_CHARACTER = (
        "Text holds no NUL character and no half of a surrogate pair.",
        "文本不得含空字符（NUL）或不成对的代理字符。",
    )
    XML_UNSUPPORTED = (
        "EPCIS comes as JSON or JSON-LD, not as XML.",
        "只接受 JSON 或 JSON-LD 格式，不接受 XML。",
    )
    # the document around the events
    DOCUMENT_TYPE = (
        "The file is an EPCISDocument, an EPCISQueryDocument, an event or a list of events.",
        "文件须为 EPCISDocument、EPCISQueryDocument、单个事件或事件列表。",
    )
    DOCUMENT_MEMBER = (
        "The document has only members of EPCIS 2.0 or of a namespace.",
        "文档只能含 EPCIS 2.0 规定的成员或带命名空间的扩展成员。",
    )
    DOCUMENT_REFUSED = (
        "An event is stored only when the document around it is sound.",
        "仅当外层文档合格时才保存其中的事件。",
    )
    CONTEXT_MISSING = ("A document or a bare event has an @context.", "文档或单独事件须有 @context。")
    CONTEXT_FORMAT = (
        "An @context is a URI, an object of prefixes or a list of these.",
        "@context 须为 URI、前缀对象或二者的列表。",
    )
    SCHEMA_VERSION = (
        'schemaVersion is text such as "2.0".',
        "schemaVersion 须为形如 “2.0” 的文本。",
    )
    CREATION_DATE = ("creationDate is a time with an offset.", "creationDate 须为带时区偏移的时间。")
    EVENT_LIST_MISSING = (
        "The events stand in epcisBody.eventList, in a query document in queryResults.resultsBody.eventList.",
        "事件须位于 epcisBody.eventList（查询文档为 queryResults.resultsBody.eventList）。",
    )
    QUERY_NAME_MISSING = ("queryResults has a queryName.", "queryResults 须有 queryName。")
    # the structure of an event
    EVENT_OBJECT = ("An event is a JSON object.", "事件须为 JSON 对象。")
    EVENT_TYPE = ("type names one of the five EPCIS event types.", "type 须为五种 EPCIS 事件类型之一。")
    MEMBER_UNKNOWN = (
        "A member belongs to EPCIS 2.0 at this place or to a namespace.",
        "成员须为 EPCIS 2.0 在此处规定的成员或带命名空间的扩展。",
    )
    MEMBER_TYPE = ("A member has the JSON type that EPCIS gives it.", "成员的 JSON 类型须符合 EPCIS 规定。")
    MEMBER_MISSING = ("A required member is present.", "必填成员不得缺失。")
    NAMESPACE_MISSING = ("An extension or ilmd member has a namespace.", "扩展成员与 ilmd 成员须带命名空间。")
    NAMESPACE_UNDECLARED = ("A prefix is declared in @context.", "所用前缀须在 @context 中声明。")
    LIST_EMPTY = ("A list that must say something is not empty.", "必须有内容的列表不得为空。")
    LIST_DUPLICATE = ("A list that is a set names each entry once.", "集合型列表中的条目不得重复。")
    # what an event must say
    EVENT_TIME_MISSING = ("An event has an eventTime.", "事件须有 eventTime。")
    OFFSET_MISSING = ("An event has an eventTimeZoneOffset.", "事件须有 eventTimeZoneOffset。")
    ACTION_MISSING = ("Every event but a transformation has an action.", "除转换事件外，事件须有 action。")
    ACTION_VALUE = ("action is ADD, OBSERVE or DELETE.", "action 须为 ADD、OBSERVE 或 DELETE。")
    ACTION_FORBIDDEN = ("A TransformationEvent has no action.", "转换事件不得有 action。")
    WHAT_MISSING = (
        "An event names things by EPC or class; an ObjectEvent may have sensor data and a readPoint instead.",
        "事件须说明对象：以 EPC、类别标识，或在有 readPoint 时以传感器数据表示。",
    )
    PARENT_MISSING = (
        "An AssociationEvent names its parent; an AggregationEvent does unless it only observes.",
        "关联事件须有 parentID；聚合事件除 OBSERVE 外须有 parentID。",
    )
    CHILDREN_MISSING = (
        "An aggregation or association names children unless it deletes them all.",
        "聚合或关联事件须列出子项，除非 DELETE 全部解除。",
    )
    TRANSACTIONS_MISSING = (
        "A TransactionEvent names at least one business transaction.",
        "交易事件须至少列出一个业务单据。",
    )
    INPUT_OUTPUT_MISSING = (
        "A TransformationEvent names inputs and outputs, or one of them with a transformationID.",
        "转换事件须列出投入与产出；有 transformationID 时至少列出其一。",
    )
    ILMD_FORBIDDEN = (
        "ilmd stands on a TransformationEvent or on an ObjectEvent that adds.",
        "ilmd 只能用于转换事件或 action 为 ADD 的对象事件。",
    )
    # formats
    URI_FORMAT = ("An identifier is a URI of at most 1000 characters.", "标识须为不超过 1000 个字符的 URI。")
    EPC_FORMAT = (
        "An EPC URN or a GS1 Digital Link follows its scheme.",
        "EPC URN 或 GS1 数字链接须符合其编码方案。",
    )
    CHECK_DIGIT = ("The check digit of a GTIN or a GLN is right.", "GTIN 或 GLN 的校验位须正确。")
    TIME_FORMAT = (
        "A time is an ISO 8601 date and time with an offset, in the years 1 to 9999.",
        "时间须为带时区偏移的 ISO 8601 日期时间，年份在 1 至 9999 之间。",
    )
    OFFSET_FORMAT = (
        "eventTimeZoneOffset is +hh:mm or -hh:mm, at most 14 hours.",
        "eventTimeZoneOffset 须为 +hh:mm 或 -hh:mm，且不超过 14 小时。",
    )
    UOM_FORMAT = (
        "A unit of measure is a UN/ECE Recommendation 20 code of two or three characters.",
        "计量单位须为 UN/ECE 第 20 号建议书的两至三位代码。",
    )
    HEX_FORMAT = ("hexBinaryValue holds hexadecimal digits.", "hexBinaryValue 须为十六进制数字。")
    # vocabulary
    CBV_NAMESPACE = (
        "In JSON a CBV term is a bare word or its Web URI, and exists in CBV 2.0.",
        "JSON 中的 CBV 词汇须为裸词或其 Web URI，并存在于 CBV 2.0。",
    )
    BIZ_STEP = ("bizStep is a CBV business step or a URI.", "bizStep 须为 CBV 业务步骤或 URI。")
    DISPOSITION = ("A disposition is a CBV disposition or a URI.", "disposition 须为 CBV 状态或 URI。")
    BIZ_TRANSACTION_TYPE = (
        "The type of a business transaction is a CBV type or a URI.",
        "业务单据类型须为 CBV 类型或 URI。",
    )
    SOURCE_DESTINATION_TYPE = (
        "The type of a source or destination is a CBV type or a URI.",
        "来源或去向类型须为 CBV 类型或 URI。",
    )
    ERROR_REASON = (
        "The reason of an error declaration is a CBV reason or a URI.",
        "差错原因须为 CBV 原因或 URI。",
    )
    MEASUREMENT_TYPE = (
        "The type of a sensor report is a GS1 measurement type or a URI.",
        "传感器报告类型须为 GS1 测量类型或 URI。",
    )
    SENSOR_EXCEPTION = (
        "A sensor exception is ALARM_CONDITION, ERROR_CONDITION or a URI.",
        "传感器异常须为 ALARM_CONDITION、ERROR_CONDITION 或 URI。",
    )
    COMPONENT = ("A sensor component is a CBV component or a URI.", "传感器分量须为 CBV 分量或 URI。")
    # sense
    SENSOR_TYPE_MISSING = ("A sensor report has a type.", "传感器报告须有 type。")
    SENSOR_TIME_ORDER = ("A sensor interval ends after it starts.", "传感器时段的结束不得早于开始。")
    QUANTITY_NEGATIVE = ("A quantity is not negative.", "数量不得为负。")
    UOM_WITHOUT_QUANTITY = ("A unit of measure belongs to a quantity.", "计量单位须与数量同时出现。")
    PARENT_AMONG_CHILDREN = ("A parent is not its own child.", "父项不得同时为自身的子项。")
    # what the shop knows already
    EVENT_ID_TAKEN = (
        "An eventID names one event: another with this id is stored.",
        "eventID 只能指向一个事件：该编号已被另一事件使用。",
    )
    LOT_DATES = (
        "A lot is harvested, then packed, then past its date, whatever event says so.",
        "批次须先采收、后包装、再到期，各事件所述日期不得矛盾。",
    )
    LOT_CODE_LENGTH = ("A lot code has at most 20 characters (GS1 AI 10).", "批次码最长 20 个字符（GS1 AI 10）。")
    QUANTITY_RANGE = ("A quantity of a lot is below a hundred thousand million.", "批次数量须小于一千亿。")

    def __init__(self, english: str, chinese: str) -> None:
        self.english = english
        self.chinese = chinese
