"""The states and territories, and what people call them in English and Spanish."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """One state or territory: its two letters, its Census number and its names."""

    code: str
    fips: str
    name: str
    also: tuple[str, ...] = ()


STATES: tuple[State, ...] = (
    State("AL", "01", "Alabama"),
    State("AK", "02", "Alaska"),
    State("AZ", "04", "Arizona", ("Ariz",)),
    State("AR", "05", "Arkansas"),
    State("CA", "06", "California", ("Calif",)),
    State("CO", "08", "Colorado"),
    State("CT", "09", "Connecticut", ("Conectica", "Conn")),
    State("DE", "10", "Delaware"),
    State("DC", "11", "District of Columbia", ("Distrito de Columbia",)),
    State("FL", "12", "Florida", ("Fla",)),
    State("GA", "13", "Georgia"),
    State("HI", "15", "Hawaii", ("Hawai",)),
    State("ID", "16", "Idaho"),
    State("IL", "17", "Illinois", ("Ilinois", "Ilinoi")),
    State("IN", "18", "Indiana"),
    State("IA", "19", "Iowa"),
    State("KS", "20", "Kansas"),
    State("KY", "21", "Kentucky", ("Kentuky",)),
    State("LA", "22", "Louisiana", ("Luisiana", "Lousiana")),
    State("ME", "23", "Maine"),
    State("MD", "24", "Maryland", ("Marilandia", "Mariland")),
    State("MA", "25", "Massachusetts", ("Masachusets", "Massachusets", "Masachusetts")),
    State("MI", "26", "Michigan", ("Míchigan", "Mich")),
    State("MN", "27", "Minnesota", ("Minesota", "Minn")),
    State("MS", "28", "Mississippi", ("Misisipi", "Misisipí", "Mississipi")),
    State("MO", "29", "Missouri", ("Misuri",)),
    State("MT", "30", "Montana"),
    State("NE", "31", "Nebraska"),
    State("NV", "32", "Nevada"),
    State("NH", "33", "New Hampshire", ("Nueva Hampshire", "Nuevo Hampshire", "Nueva Hampsire")),
    State("NJ", "34", "New Jersey", ("Nueva Jersey", "Nueva Jersy", "Jersey")),
    State("NM", "35", "New Mexico", ("Nuevo México", "Nuevo Méjico")),
    State("NY", "36", "New York", ("Nueva York", "New York State", "Estado de Nueva York")),
    State("NC", "37", "North Carolina", ("Carolina del Norte", "Norte Carolina", "N Carolina")),
    State("ND", "38", "North Dakota", ("Dakota del Norte", "Norte Dakota", "N Dakota")),
    State("OH", "39", "Ohio"),
    State("OK", "40", "Oklahoma", ("Oklajoma", "Okla")),
    State("OR", "41", "Oregon", ("Oregón",)),
    State("PA", "42", "Pennsylvania", ("Pensilvania", "Pensylvania", "Pennsilvania")),
    State("RI", "44", "Rhode Island", ("Isla de Rhode",)),
    State("SC", "45", "South Carolina", ("Carolina del Sur", "Sur Carolina", "S Carolina")),
    State("SD", "46", "South Dakota", ("Dakota del Sur", "Sur Dakota", "S Dakota")),
    State("TN", "47", "Tennessee", ("Tenesi", "Tenesí", "Tennesse", "Tenesse", "Tenessee", "Tenn")),
    State("TX", "48", "Texas", ("Tejas", "Téxas")),
    State("UT", "49", "Utah"),
    State("VT", "50", "Vermont"),
    State("VA", "51", "Virginia"),
    State("WA", "53", "Washington", ("Washington State", "Estado de Washington")),
    State("WV", "54", "West Virginia", ("Virginia Occidental", "Virginia del Oeste", "W Virginia")),
    State("WI", "55", "Wisconsin", ("Wisconsín",)),
    State("WY", "56", "Wyoming"),
    State("AS", "60", "American Samoa", ("Samoa Americana",)),
    State("GU", "66", "Guam"),
    State("MP", "69", "Northern Mariana Islands", ("Islas Marianas del Norte",)),
    State("PR", "72", "Puerto Rico"),
    State("VI", "78", "US Virgin Islands", ("Virgin Islands", "Islas Vírgenes")),
)

BY_CODE = {state.code: state for state in STATES}
BY_FIPS = {state.fips: state for state in STATES}
