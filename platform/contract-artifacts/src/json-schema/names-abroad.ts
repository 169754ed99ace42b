const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Types that every file of a language knows, or that what is made from a contract brings along: a shape of that name would stand in their way. */
const typesAbroad: ReadonlySet<string> = new Set([
  // Java
  ...words('Boolean Byte Character Class Double Enum Error Exception Float Integer Iterable List Long Map Number Object Optional'),
  ...words('Override Record Runtime Set Short String System Thread Throwable Void'),
  // Python, and what pydantic's models are made of
  ...words('Any AwareDatetime BaseModel ConfigDict Decimal Ellipsis False Field Literal None RootModel True Union'),
  // oapi-codegen's client and server in Go
  ...words('Client ClientInterface ClientOption ClientWithResponses ClientWithResponsesInterface HttpRequestDoer MiddlewareFunc'),
  ...words('RequestEditorFn ServerInterface ServerInterfaceWrapper'),
])

/** What oapi-codegen makes for each operation beside the shapes. */
const besideOperations = ['JSONBody', 'JSONRequestBody', 'Params', 'Response'] as const

/** Tells whether code made from the contract has a type of this name already; `operations` are names of classes. */
export function isTakenAbroad(name: string, operations: readonly string[]): boolean {
  return typesAbroad.has(name) || operations.some((operation) => besideOperations.some((ending) => name === operation + ending))
}
