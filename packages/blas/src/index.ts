import { registerBackend } from '@pullback/core'
import { blas } from './blas.ts'

export { blas, type BlasOptions } from './blas.ts'
export { findLibrary, type BlasError, type FindOptions } from './library/findLibrary.ts'
export type { Library } from './library/library.ts'
export type { Memory } from './products/addresses.ts'
export type { ProductShape } from './products/productShape.ts'
export { products, type Product, type Products, type ProductsOptions } from './products/products.ts'

registerBackend(blas())
