import type { AnyTensor } from '../../tensor/tensor.ts'
import type { Page } from './page.ts'
import type { Term } from './term.ts'

/** A tensor being written: its operands are written already. */
export interface Writing {
  readonly tensor: AnyTensor
  readonly operand: (index: number) => Term
  readonly page: Page
}
