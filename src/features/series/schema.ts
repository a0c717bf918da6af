export interface SeriesTable {
  id: string
  contains: 'seminar' | 'publication'
  planned: number | null
}

export interface SeriesEntryTable {
  series_id: string
  number: number
  record_id: string
  deduced: boolean
}

/** A record that stood in a series until it was merged into another. */
export interface OnceInSeriesTable {
  series_id: string
  record_id: string
}

export interface SeriesTables {
  series: SeriesTable
  series_entry: SeriesEntryTable
  once_in_series: OnceInSeriesTable
}
