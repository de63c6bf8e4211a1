/** What each operation takes and gives; `yougou documents typescript` writes it from the registered documents. */
export interface OperationTypes {
  [name: string]: { type: 'query' | 'mutation' | 'subscription'; variables: object; data: unknown }
}

/** Where each operation is found: its document's id. */
export type OperationMap<Types> = { [Name in keyof Types]: { id: string; type: 'query' | 'mutation' | 'subscription' } }

type NamesOf<Types extends OperationTypes, Type> = {
  [Name in keyof Types]: Types[Name]['type'] extends Type ? Name : never
}[keyof Types]

export interface GraphQLError {
  message: string
  path?: (string | number)[]
  extensions?: { code?: string; [fact: string]: unknown }
}

export declare class GraphQLFailure extends Error {
  errors: GraphQLError[]
  /** HTTP's, or 0 when nothing was answered. */
  status: number
  code?: string
  /** Seconds the shop asks to wait. */
  retryAfter: number
  /** What was answered beside the errors. */
  data: unknown
}

export interface Upload {
  id: string
  sha256: string
  contentType: string
  size: number
  width: number | null
  height: number | null
}

export interface Listener<Data> {
  next(data: Data, errors?: GraphQLError[]): void
  error(failure: GraphQLFailure): void
  complete?(): void
}

export interface Client<Types extends OperationTypes> {
  query<Name extends NamesOf<Types, 'query'>>(name: Name, variables?: Types[Name]['variables']): Promise<Types[Name]['data']>
  mutate<Name extends NamesOf<Types, 'mutation'>>(name: Name, variables: Types[Name]['variables']): Promise<Types[Name]['data']>
  subscribe<Name extends NamesOf<Types, 'subscription'>>(
    name: Name, variables: Types[Name]['variables'], listener: Listener<Types[Name]['data']>,
  ): () => void
  uploadFile(filePath: string, idempotencyKey: string): Promise<Upload>
  /** Ends every subscription. */
  close(): void
}

export interface Options<Types> {
  /** The shop's address, without a slash at the end. */
  root: string
  operations: OperationMap<Types>
  wx: { request: Function; uploadFile: Function; connectSocket: Function }
  /** The present bearer token, or null for a visitor. */
  token?(): string | null | Promise<string | null>
  /** Gets a new token, which `token` answers from then on; called once for all requests that wait for it. */
  refresh?(): Promise<unknown>
  language?: 'zh-CN' | 'en'
  /** Milliseconds before another attempt (0, 1, 2 ...). */
  delay?(attempt: number): number
}

export declare function createClient<Types extends OperationTypes>(options: Options<Types>): Client<Types>
