// What the clerk's page reads of the staff's documents.

export interface Slot {
  id: string;
  startsAt: string;
  endsAt: string;
  capacity: number;
  remaining: number;
}

export interface Line {
  id: string;
  name: string;
  spec: string;
  quantity: number;
  shortQuantity: number;
  nominalGrams: number | null; // of all units
  weighedGrams: number | null;
  packedAt: string | null;
  lots: { quantity: number; lot: { lotCode: string } }[];
}

export interface Order {
  id: string;
  number: string;
  status: string;
  refundGranted: { fen: number; amount: string };
  lines: Line[];
}

export interface Pick {
  name: string;
  spec: string;
  units: number;
  orders: number;
  sku: { id: string };
  lot: { id: string; lotCode: string; expiresOn: string };
}

export interface HandedOver {
  number: string;
  lines: { id: string; name: string; spec: string; quantity: number; shortQuantity: number }[];
}
