import classes from './map-skeleton.module.css'
import { PICTURE_HEIGHT } from './picture-layout.ts'

const columns = Array.from({ length: 10 }, (_, index) => index)

/** The map before it comes: the same places in the same sizes, so that nothing jumps when it is there. */
export function MapSkeleton() {
  return (
    <div aria-busy="true">
      <div className={classes.three}>
        {[0, 1, 2].map((index) => (
          <div key={index}>
            <span style={{ width: '34%' }} />
            <span style={{ width: '92%' }} />
            <span style={{ width: '70%' }} />
          </div>
        ))}
      </div>
      <div className={classes.card}>
        <div className={classes.heads}>
          {columns.map((index) => (
            <div key={index}>
              <span style={{ width: `${52 + ((index * 17) % 30)}%` }} />
              <span style={{ width: '40%' }} />
            </div>
          ))}
        </div>
        <div style={{ height: PICTURE_HEIGHT }} className={classes.picture}>
          <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
            <path d="M0,60C50,60 50,40 100,40S150,62 200,50 250,30 300,34 350,58 400,56 450,36 500,38 550,80 600,76 650,40 700,44 750,52 800,48 850,40 900,46 1000,50 1000,50" />
          </svg>
        </div>
        <div className={classes.under} />
      </div>
    </div>
  )
}
