import { useFieldErrors } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'

type Form = { setErrors: (errors: Record<string, string>) => void }

/** Sends a form; what the server finds wrong with a field is said beside that field. */
export function useFormAction<Values>(form: Form, action: (values: Values) => Promise<unknown>) {
  const fieldErrors = useFieldErrors()
  return useAction(async (values: Values) => {
    try {
      await action(values)
    } catch (failure) {
      form.setErrors(fieldErrors(failure))
      throw failure
    }
  })
}
