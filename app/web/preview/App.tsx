import { useEffect, useState } from "preact/hooks";

import { Page } from "./Page";
import { type Given, productDetail } from "./request";
import { Empty, Failed, Loading } from "./states";
import type { ProductDetail } from "./types";

/** The page in each of its states: loading, failed, no such product, shown. */
export function App({ asked }: { asked: Given | null }) {
  const [answer, setAnswer] = useState<ProductDetail>();
  const [failure, setFailure] = useState<string>();

  async function ask(given: Given) {
    setFailure(undefined);
    try {
      setAnswer(await productDetail(given));
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  useEffect(() => {
    if (asked) {
      void ask(asked);
    }
  }, [asked]);

  if (!asked) {
    return <Empty />;
  }
  if (failure !== undefined) {
    return <Failed why={failure} again={() => void ask(asked)} />;
  }
  if (!answer) {
    return <Loading />;
  }
  return answer.product ? <Page product={answer.product} point={answer.pickupPoint} asked={asked} /> : <Empty />;
}
