// What the shop preview reads of the documents' answers.

export interface Money {
  fen: number;
  amount: string;
}

export interface Card {
  id: string;
  name: string;
  subtitle: string;
  origin: string;
  image: { url: string; alt: string } | null;
  skus: { id: string; spec: string; price: Money; referencePrice: Money | null }[];
  stock: { available: number; level: string };
}

export interface ProductPage {
  products: { nodes: Card[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

export interface CartLine {
  skuId: string;
  quantity: number;
  available: number | null;
  isCeiling: boolean;
  sku: { spec: string; maxPerOrder: number; product: { name: string; image: { url: string; alt: string } | null } } | null;
  total: Money;
}

export interface Cart {
  lines: CartLine[];
  gifts: { quantity: number; sku: { id: string; spec: string; product: { name: string } } }[];
  pickupPoint: { id: string; name: string } | null;
  pickupSlot: { id: string; startsAt: string; endsAt: string } | null;
  subtotal: Money;
  discount: Money;
  total: Money;
  problems: { __typename: string; message: string; skuId?: string }[];
}

export interface Checkout {
  quote: string;
  endsAt: string;
  subtotal: Money;
  discount: Money;
  total: Money;
  pickupPoint: { name: string; address: string };
  pickupSlot: { startsAt: string; endsAt: string };
  lines: {
    sku: { id: string; spec: string; product: { name: string } };
    quantity: number;
    total: Money;
    isGift: boolean;
    lots: { lotCode: string; expiresOn: string }[];
  }[];
}

export interface OrderLine {
  id: string;
  name: string;
  spec: string;
  quantity: number;
  total: Money;
  isGift: boolean;
  nominalGrams: number | null;
  weighedGrams: number | null;
  shortQuantity: number;
  refundGranted: Money;
  lots: { lot: { lotCode: string; expiresOn: string } }[];
}

export interface Order {
  id: string;
  number: string;
  status: string;
  payBy: string;
  pickupCode: string | null;
  pickupPoint: { name: string; address: string };
  pickupSlot: { startsAt: string; endsAt: string };
  total: Money;
  refundGranted: Money;
  lines: OrderLine[];
}
