// The answer of schema/documents/miniprogram/ProductDetail.graphql.

export interface Money {
  fen: number;
  amount: string;
}

export interface Medium {
  kind: "IMAGE" | "VIDEO" | "PANORAMA" | "SPIN";
  url: string;
  posterUrl: string | null;
  frames: string[];
  alt: string;
  durationSeconds: number | null;
}

export interface Sku {
  id: string;
  spec: string;
  isCatchWeight: boolean;
  maxPerOrder: number | null;
  price: Money;
  referencePrice: Money | null;
  unitPrice: Money | null;
  offer: { name: string; endsAt: string; remaining: number | null; price: Money } | null;
  stock: { available: number; level: "IN_STOCK" | "LOW_STOCK" | "OUT_OF_STOCK" };
}

export interface TraceEvent {
  id: string;
  stage: string;
  bizStep: string | null;
  eventTime: string;
  place: { name: string | null; city: string | null } | null;
  temperature: { minC: string | null; maxC: string | null; hasAlarm: boolean } | null;
}

export interface Report {
  id: string;
  number: string;
  lab: string;
  issuedOn: string;
  fileUrl: string | null;
  verdict: "PASS" | "FAIL";
  items: { name: string; method: string; limit: string; value: string; unit: string; verdict: "PASS" | "FAIL" }[];
}

export interface Certificate {
  number: string;
  issuer: string;
  basis: string;
  issuedOn: string;
}

export interface Lot {
  lotCode: string;
  harvestedOn: string | null;
  packedOn: string | null;
  expiresOn: string;
  daysLeft: number;
  producer: { name: string; province: string; city: string; story: string | null };
  events: TraceEvent[];
  inspectionReports: Report[];
  certificates: Certificate[];
}

export interface Coupon {
  id: string;
  name: string;
  kind: "AMOUNT" | "PERCENT";
  amount: Money | null;
  percentOff: number | null;
  cap: Money | null;
  minimumSpend: Money;
  remaining: number | null;
  claimEndsAt: string;
}

export interface Review {
  id: string;
  rating: number;
  body: string;
  author: { name: string } | null;
  media: { kind: "IMAGE" | "VIDEO"; url: string }[];
  daysSincePacked: number | null;
  helpfulCount: number;
  reply: string | null;
  createdAt: string;
  isDemo: boolean;
}

export interface Slot {
  id: string;
  startsAt: string;
  endsAt: string;
  cutoffAt: string;
  remaining: number;
}

export interface Product {
  name: string;
  subtitle: string | null;
  description: string | null;
  soldBy: "EACH" | "WEIGHT";
  returnPolicy: "FRESH" | "STANDARD" | "CONFIRMED_EXCEPTION";
  origin: string | null;
  allergens: string[];
  shelfLifeDays: number | null;
  minDaysLeft: number;
  salesCount: number;
  storage: { kind: "AMBIENT" | "CHILLED" | "FROZEN"; minC: number | null; maxC: number | null };
  category: { name: string } | null;
  ratingSummary: { average: string | null; count: number; starCounts: number[] };
  media: Medium[];
  skus: Sku[];
  lot: Lot | null;
  coupons: Coupon[];
  reviews: { nodes: Review[]; pageInfo: { hasNextPage: boolean } };
}

export interface Point {
  id: string;
  name: string;
  address: string;
  openSlots: Slot[];
}

export interface ProductDetail {
  product: Product | null;
  pickupPoint: Point | null;
}
