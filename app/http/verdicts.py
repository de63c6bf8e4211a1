"""What the schema says of a text that is to be registered: the rules of a request, told with their places."""

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from app.documents.enums import OperationKind
from app.documents.verdict import Complaint, Verdict
from app.http import prepared
from app.http.limits import REGISTERED


def judge(schema: GraphQLSchema, text: str) -> Verdict:
    """The verdict on a text: a registered document is one named operation with its fragments.

    Its cost is that of its variables' defaults; what a request asks for beyond that is judged when it comes.
    """
    found = prepared.verdict(schema, text, REGISTERED)
    if isinstance(found, list):
        return Verdict(complaints=tuple(Complaint(each.message, each.line, each.column) for each in found))
    operations = _operations(found.document)
    if len(operations) != 1 or operations[0].name is None:
        message = f"It has {len(operations)} operations." if len(operations) != 1 else "Its operation has no name."
        return Verdict(complaints=(Complaint(f"{message} A registered document is one named operation."),))
    name, cost = operations[0].name.value, found.cost.of(None, {})
    kind = OperationKind(operations[0].operation.value.upper())
    dear = (Complaint(f"It costs {cost} points; {REGISTERED.cost} are the most."),) if cost > REGISTERED.cost else ()
    return Verdict(name, kind, cost, found.scopes, dear)


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
