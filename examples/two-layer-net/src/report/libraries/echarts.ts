// The type declarations of the package need those of a browser.
interface Chart {
  readonly setOption: (option: object) => void
  readonly renderToSVGString: () => string
  readonly dispose: () => void
}

interface ECharts {
  readonly init: (
    element: null,
    theme: null,
    options: {
      readonly renderer: 'svg'
      readonly ssr: true
      readonly width: number
      readonly height: number
    },
  ) => Chart
}

const specifier: string = 'echarts'

/** Draws charts of Apache ECharts: from its option, a plain object, to SVG. */
export type DrawChart = (option: object, size: { readonly width: number; readonly height: number }) => string

/** Apache ECharts, which draws without a browser. */
export async function echarts(): Promise<DrawChart> {
  const { init } = (await import(specifier)) as ECharts
  return (option, size) => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
    try {
      chart.setOption(option)
      return chart.renderToSVGString()
    } finally {
      chart.dispose()
    }
  }
}
