import { Picture } from "./Picture";
import { date } from "../time";
import type { Product, Review } from "./types";

interface Props {
  reviews: Product["reviews"];
  summary: Product["ratingSummary"];
}

/** What buyers say: the sum, and the newest. */
export function Reviews({ reviews, summary }: Props) {
  return (
    <section class="card" aria-labelledby="reviews">
      <h2 id="reviews">评价（{summary.count}）</h2>
      {summary.average && (
        <div class="summary">
          <p class="average">
            {summary.average}
            <small>分</small>
          </p>
          <dl class="histogram">
            {[...summary.starCounts.entries()].reverse().map(([index, count]) => (
              <div key={index}>
                <dt>{index + 1}星</dt>
                <dd>
                  <meter min={0} max={Math.max(...summary.starCounts)} value={count} aria-label={`${index + 1}星`} />
                  <span>{count}</span>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {reviews.nodes.length ? (
        <ul class="reviews">
          {reviews.nodes.map((review) => (
            <One key={review.id} review={review} />
          ))}
        </ul>
      ) : (
        <p class="quiet">还没有评价，买过的人会写在这里。</p>
      )}
    </section>
  );
}

function One({ review }: { review: Review }) {
  return (
    <li>
      <p class="author">
        <b>{review.author?.name ?? "匿名"}</b>
        <Stars rating={review.rating} />
        {review.isDemo && <span class="demo">示例</span>}
      </p>
      <p>{review.body}</p>
      {review.media.length > 0 && (
        <div class="thumbs">
          {review.media.map((medium, index) => (
            <Picture key={medium.url} src={medium.url} alt={`买家晒图 ${index + 1}`} />
          ))}
        </div>
      )}
      {review.reply && <p class="reply">店铺回复：{review.reply}</p>}
      <p class="quiet">
        {date(review.createdAt)}
        {review.daysSincePacked !== null && <> · 包装后第{review.daysSincePacked}天收到</>}
        {review.helpfulCount > 0 && <> · {review.helpfulCount}人觉得有用</>}
      </p>
    </li>
  );
}

function Stars({ rating }: { rating: number }) {
  return (
    <span class="stars" role="img" aria-label={`${rating}星`}>
      {"★".repeat(rating)}
      <i>{"★".repeat(5 - rating)}</i>
    </span>
  );
}
