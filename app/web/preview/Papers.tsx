import { date } from "../time";
import type { Lot, Report } from "./types";
import { BASES, VERDICTS } from "./words";

/** The lot's inspection reports and certificates of conformity. */
export function Papers({ lot }: { lot: Lot | null }) {
  if (!lot || !(lot.inspectionReports.length + lot.certificates.length)) {
    return null;
  }
  return (
    <section class="card" aria-labelledby="papers">
      <h2 id="papers">检验报告与合格证</h2>
      {lot.inspectionReports.map((report) => (
        <Inspection key={report.id} report={report} />
      ))}
      {lot.certificates.map((each) => (
        <div class="certificate" key={each.number}>
          <b>承诺达标合格证</b>
          <p>{each.issuer}</p>
          <p class="quiet">
            {each.number} · {BASES[each.basis] ?? each.basis} · {date(each.issuedOn)}开具
          </p>
        </div>
      ))}
    </section>
  );
}

function Inspection({ report }: { report: Report }) {
  return (
    <div class="report">
      <p>
        <b>{report.lab}</b>
        <span class={`verdict ${report.verdict}`}>{VERDICTS[report.verdict]}</span>
      </p>
      <p class="quiet">
        {report.number} · {date(report.issuedOn)}签发
        {report.fileUrl && (
          <a href={report.fileUrl} target="_blank" rel="noreferrer">
            查看报告（PDF）
          </a>
        )}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">限量</th>
            <th scope="col">实测</th>
            <th scope="col">判定</th>
          </tr>
        </thead>
        <tbody>
          {report.items.map((item) => (
            <tr key={item.name}>
              <th scope="row">
                {item.name}
                <small>{item.method}</small>
              </th>
              <td>
                {item.limit} <small>{item.unit}</small>
              </td>
              <td>{item.value}</td>
              <td class={item.verdict}>{VERDICTS[item.verdict]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
