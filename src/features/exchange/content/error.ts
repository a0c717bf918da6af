/** A content file that does not hold what it should; says the file and the place in it. */
export class ContentFileError extends Error {
  override name = 'ContentFileError'
}
