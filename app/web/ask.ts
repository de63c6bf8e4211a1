// Asks registered documents by the mini-program's own client.
import { createClient, type OperationMap } from "../../schema/documents/miniprogram/client/client.js";

import { given } from "./given";
import { wx } from "./wx";

/** An answer that is one of the schema's refusals: `type` its name, `facts` its fields, the message a sentence. */
export class Refusal extends Error {
  readonly type: string;
  readonly facts: Record<string, unknown>;

  constructor(found: Record<string, unknown>) {
    super(String(found.message));
    this.type = String(found.__typename);
    this.facts = found;
  }
}

interface Options {
  token: () => string | null;
  refresh: () => Promise<void>;
}

/** Documents of any name; each page has types of its own for what it reads of the answers. */
type Documents = Record<string, { type: any; variables: object; data: any }>;

/**
 * `read` answers a query's data; `write` the one field of a mutation, or throws a Refusal; `watch` hears a subscription's
 * data until the function it answers is called.
 */
export function asking({ token, refresh }: Options) {
  const { operations } = given<{ operations: OperationMap<Documents> }>();
  const client = createClient<Documents>({ root: location.origin, operations, wx, token, refresh });

  async function read<T>(name: string, variables: Record<string, unknown> = {}): Promise<T> {
    return (await client.query(name, variables)) as T;
  }

  async function write<T>(name: string, variables: Record<string, unknown> = {}): Promise<T> {
    const [found] = Object.values<Record<string, unknown>>(await client.mutate(name, variables));
    if (found && typeof found.message === "string") {
      throw new Refusal(found);
    }
    return found as T;
  }

  const watch = (name: string, variables: Record<string, unknown>, heard: () => void): (() => void) =>
    client.subscribe(name, variables, { next: heard, error: () => undefined }); // unheard, it is seen at the next look

  return { read, write, watch };
}

/** What went wrong, in words a person can read. */
export function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
