import { clusteredKappa } from "../../../src/lib/agreement/clustered-kappa.js";
import {
  actionOn,
  type ValidityCell,
  type ValidityThresholds,
  validityMap,
} from "../../../src/lib/calibration/validity-map.js";
import { messageColumns } from "../../../src/lib/messages/message.js";
import type { Row } from "../../../src/lib/records/tables.js";
import { groupBy } from "../../../src/lib/util/group-by.js";
import { writeRows } from "../../warehouse/write-rows.js";
import type { StageTools } from "../stage.js";
import type { CriterionUnits } from "./criteria.js";
import { pairsWithJudge, type RatedUnit } from "./rated-units.js";
import { categoriesOf, slicesOf, type UnitSlice } from "./slices.js";

type ValidityRow = Row<"validity">;

/** Writes `validity`. @returns in how many specialties verdicts must not be used, counted over all criteria */
export async function writeValidity(
  { engine, draft }: StageTools,
  criteria: readonly CriterionUnits[],
  thresholds: ValidityThresholds,
) {
  const rows = criteria.flatMap(({ units }) => validityRows(units, thresholds));
  await writeRows(engine, "validity", rows, draft.path("validity", "0000.parquet"));
  return {
    not_validated_specialties: rows.filter(
      ({ slice_kind, criterion, status }) =>
        slice_kind === "specialty" && criterion === "all" && status === "not validated",
    ).length,
  };
}

/**
 * Where one judge version can replace people on one criterion, slice by slice. Specialties are decided first, because the
 * draw for rating is stratified by them. Datasets, families, languages and pools are then decided from the answers outside
 * the specialties that failed, so that one failed specialty does not count again in every dataset it occurs in.
 * The slice of all answers is the headline and includes every answer.
 */
function validityRows(units: readonly RatedUnit[], thresholds: ValidityThresholds): ValidityRow[] {
  const specialties = rowsOfKind(ofKinds(units, ["specialty"]), units, thresholds);
  const failed = new Set(specialties.filter(({ failed: isFailed }) => isFailed).map(({ row }) => row.slice));
  const elsewhere = units.filter(({ specialty }) => !specialty.split("|").some((code) => failed.has(code)));
  const others = groupBy(
    ofKinds(elsewhere, ["dataset", "family", "language", "period"]),
    ({ kind }) => kind,
  ).values();
  return [
    ...rowsOfKind(ofKinds(units, ["overall"]), units, thresholds),
    ...[...others].flatMap((slices) => rowsOfKind(slices, units, thresholds)),
    ...specialties,
  ].map(({ row }) => row);
}

const ofKinds = (units: readonly RatedUnit[], kinds: readonly UnitSlice["kind"][]) =>
  slicesOf(units).filter(({ kind }) => kinds.includes(kind));

function rowsOfKind(slices: readonly UnitSlice[], all: readonly RatedUnit[], thresholds: ValidityThresholds) {
  const [first] = all as [RatedUnit];
  const { benchmark, judge, rubric_version, prompt_hash, criterion } = first;
  const categories = categoriesOf(all);
  const { target, floor, minimumGroups, falseDiscoveryRate, confidence } = thresholds;
  const kappas = slices.map(({ units }) => clusteredKappa(pairsWithJudge(units), { categories, confidence }));
  const cells = validityMap(
    slices.map(({ name }, i) => {
      const kappa = kappas[i] as (typeof kappas)[number];
      const { estimate, standardError, lower, upwardError, nClusters, nEffective } = kappa;
      return {
        ...{ name, kappa: estimate, standardError, lower, upwardError },
        ...{ nGroups: nClusters, nEffective },
      };
    }),
    thresholds,
  );
  return slices.map(({ kind, name }, i) => {
    const cell = cells[i] as ValidityCell;
    const kappa = kappas[i] as (typeof kappas)[number];
    const row = {
      ...{ benchmark, judge, rubric_version, prompt_hash, criterion, slice_kind: kind, slice: name },
      status: cell.status,
      // The slice of all answers does not borrow from other slices: its own kappa decides the headline.
      action: kind === "overall" ? actionOn(kappa.estimate, kappa.lower, target) : cell.action,
      ...messageColumns("reason", cell.reason),
      n_groups: kappa.nClusters,
      kappa: kappa.estimate,
      kappa_lower: kappa.lower,
      kappa_upper: kappa.upper,
      kappa_se: kappa.standardError,
      pooled: cell.pooled,
      pooled_lower: cell.pooledLower,
      pooled_upper: cell.pooledUpper,
      borrowed: cell.borrowed,
      p_misses_target: cell.pMissesTarget,
      p_above_floor: cell.pAboveFloor,
      p_below_others: cell.pBelowOthers,
      ...{ target, floor, minimum_groups: minimumGroups, false_discovery_rate: falseDiscoveryRate },
    };
    return { row, failed: cell.pMissesTarget !== null && cell.pMissesTarget <= falseDiscoveryRate };
  });
}
