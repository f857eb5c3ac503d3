export { WorkingHoursSection } from './working-hours-form.tsx'
