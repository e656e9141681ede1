"""Everyday words that are also the names of places somewhere."""

from rapidresponse.places.names import words

# What people write around a place when they join: a text of these and a place is a place.
FILLER = frozenset(
    words("""
    join unirse unirme start subscribe suscribir suscribirme suscribe inscribir inscribirme alta
    zip zipcode codigo postal code alert alerts alerta alertas para for in en de del from a al to
    el la los las the of y and i im am live living vivo vivimos soy somos estoy estamos quiero
    want me my mi please por favor porfavor area zona ciudad city add agregar cambiar move moved
    mudanza mude near cerca add sign up yes si hola hi hello gracias thanks usa us eeuu state
    estado volunteer voluntario
    """)
)

# Words that say that a place comes next.
LOCATING = frozenset(words("in en at near de from cerca por a hacia el la the around del desde"))

# Single words that mean something else far more often than the town of that name.
COMMON = FILLER | frozenset(
    words("""
    ice icey migra van vans white black blue red green gray grey brown orange silver gold car cars
    truck trucks suv home house casa casas apartment apartamento door puerta street calle calles
    central center centro main principal north south east west norte sur este oeste northwest
    southeast salida exit entrance entrada bridge puente river rio lake lago park parque plaza
    square mall market mercado store tienda walmart target depot station estacion church iglesia
    school escuela college university universidad hospital clinic clinica court corte courthouse
    jail prison carcel airport aeropuerto border frontera farm rancho ranch field campo fields
    campos plant planta factory fabrica office oficina work trabajo job jobs union independence
    normal reading mobile surprise industry commerce hope liberty freedom justice police policia
    officer officers agent agents agente agentes federal state city town village county condado
    help ayuda need now ahora today hoy here aqui there alla esta estan this that what que who
    quien when cuando where donde many muchos few some two dos three tres four five six seven
    eight nine ten first second third friend friends amigo neighbor vecino vecina brother hermano
    sister mother madre father padre family familia child children ninos kids son man men woman
    women hombre hombres mujer mujeres people gente person persona worker workers trabajadores
    raid redada reten checkpoint stop parada bus buses train metro light luz corner esquina
    highway carretera road block cuadra near cerca outside afuera inside adentro front frente
    behind detras left right derecha izquierda good bad big small new nuevo nueva old viejo
    long short high low early late morning manana tarde noche night day week monday tuesday
    wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo
    january february march april may june july august october november december enero mayo junio
    julio agosto hay ven veo vi seen saw took take taken llevaron llevo vinieron vino fueron fue
    going go come coming get got has have had was were are is be been being do did done no not
    yes and or but with without con sin un una uno unos unas mis tu su sus nos les se lo le ya
    muy mas menos pero porque como bien mal todo todos nada algo alguien nadie siempre nunca
    lost found safe real true false verdad falso rumor report reporte pilot eagle bell star ray
    rose lily may grant page wall ball young brown smith jones king queen prince noble royal
    victoria maria jose juan luis ana rosa elena carmen isabel laura marta teresa gloria angel
    jesus pedro carlos mateo david daniel badge placa plate plates
    uniform uniforme mask masks mascaras gun guns armed armados unmarked marked dark oscuro
    laundry lavanderia taqueria tienda restaurant restaurante hotel motel gas gasolinera
    construction construccion site roof parking lot estacionamiento garage driveway lawn garden
    jardin country club nursery warehouse bodega detained detenido detenidos arrest
    arrested arrestaron arrestado warrant orden judge juez lawyer abogado hearing audiencia
    immigration inmigracion customs border patrol patrulla homeland security seguridad dhs cbp hsi
    ero marshal marshals sheriff deputy deputies alto pare paso mesa corral loma lomas vista valle
    isla playa mar sol luna cruz santa santo san los las bay beach island hill hills mountain
    valley spring springs grove forest woods wood oak pine cedar maple elm walnut cherry apple
    banner guys guy dude helicopter drone dog dogs perro perros trump biden obama america american
    mexico mexican mexicano honduras salvador guatemala cuba cuban peru chile panama colombia
    venezuela ecuador espana china india hispanic latino latina english ingles spanish espanol
    """)
)
