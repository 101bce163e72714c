import type { Simulators } from '../simulators';
import { requireTrustTo } from '../trust';

/** Lists the simulators anew; why there are none is said in the Targets view. */
export async function refreshSimulators(simulators: Simulators): Promise<void> {
  requireTrustTo('Simulators cannot be listed');
  await simulators.refresh();
}
