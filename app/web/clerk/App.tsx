import { useEffect, useState } from "preact/hooks";

import { current, signOut, subscribe, type Person } from "../session";
import { Counter } from "./Counter";
import { Door } from "./Door";

/** The door, then the clerk's point; whose session is over stands before the door again, and is told why. */
export function App() {
  const [{ person, notice }, setState] = useState(current);
  useEffect(() => {
    const stop = subscribe(() => setState(current()));
    return () => void stop();
  }, []);
  return person ? <Inside person={person} /> : <Door notice={notice} />;
}

function Inside({ person }: { person: Person }) {
  const [pointId, setPoint] = useState(person.points[0]?.id);
  return (
    <main class="basket clerk">
      <header class="who">
        <span>
          {person.points.length > 1 ? (
            <select aria-label="自提点" value={pointId} onChange={({ currentTarget: { value } }) => setPoint(value)}>
              {person.points.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
          ) : (
            <b>{person.points[0]?.name ?? "门店"}</b>
          )}
        </span>
        <button type="button" onClick={() => void signOut()}>
          {person.name} · 退出
        </button>
      </header>
      {person.mustChangePassword && <p class="notice">请先修改初始密码。</p>}
      {pointId ? <Counter key={pointId} pointId={pointId} /> : <p class="notice">您还没有绑定自提点，请联系管理员。</p>}
    </main>
  );
}
