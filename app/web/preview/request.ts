import type { ProductDetail } from "./types";

/** What the server writes into the page (app/http/preview.py); null: there is no such product. */
export interface Given {
  documentId: string;
  variables: { id: string; pickupPointId: string | null };
  now: string;
  points: { id: string; name: string }[];
}

/**
 * The whole page in one request: a registered document by its id, by GET, so that caches may answer it.
 * The mini-program does the same with wx.request.
 */
export async function productDetail({ documentId, variables }: Given): Promise<ProductDetail> {
  const query = new URLSearchParams({ documentId, variables: JSON.stringify(variables) });
  const response = await fetch(`/graphql?${query}`, { headers: { accept: "application/graphql-response+json" } });
  const answer = (await response.json()) as { data?: ProductDetail; errors?: { message: string }[] };
  if (!answer.data || answer.errors) {
    throw new Error(answer.errors?.[0]?.message ?? `HTTP ${response.status}`);
  }
  return answer.data;
}
