import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** The font families documents are set in, in the order in which a character is looked for. */
export const documentFonts = ['Noto Sans', 'Noto Naskh Arabic'] as const

/** Files of those fonts (SIL Open Font License), regular and bold. */
export function documentFontFiles(): string[] {
  return [
    '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
    '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
    '@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf',
    '@expo-google-fonts/noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf',
  ].map((file) => require.resolve(file))
}
